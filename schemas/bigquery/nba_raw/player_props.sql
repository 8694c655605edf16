CREATE TABLE IF NOT EXISTS nba_raw.player_props (
  game_id STRING NOT NULL OPTIONS (description = "The NBA's ten-digit game id."),
  player_id STRING NOT NULL OPTIONS (description = "NBA person id, or name:<normalised name> where a name-only source matches nothing."),
  bookmaker STRING NOT NULL OPTIONS (description = "Book."),
  market STRING NOT NULL OPTIONS (description = "points, threes, rebounds, assists, ..."),
  snapshot_key STRING NOT NULL OPTIONS (description = "ISO instant of the snapshot (UTC, to the second), or unknown."),
  game_date DATE NOT NULL OPTIONS (description = "US-Eastern calendar date of the game."),
  snapshot_at TIMESTAMP OPTIONS (description = "When the line was seen; NULL where unknown."),
  snapshot_kind STRING NOT NULL OPTIONS (description = "timed or closing_unknown_time."),
  team STRING OPTIONS (description = "NBA tricode of the player's team; NULL where the source does not say."),
  line FLOAT64 NOT NULL OPTIONS (description = "The line."),
  over_price FLOAT64 OPTIONS (description = "Decimal odds of the over."),
  under_price FLOAT64 OPTIONS (description = "Decimal odds of the under."),
  player_name STRING OPTIONS (description = "Name in the source."),
  from_name BOOL NOT NULL OPTIONS (description = "player_id was resolved from player_name and is resolved anew at the end of every ingest."),
  source STRING NOT NULL OPTIONS (description = "Where the row came from."),
  loaded_at TIMESTAMP NOT NULL OPTIONS (description = "When it was loaded."),
  PRIMARY KEY (game_id, player_id, bookmaker, market, snapshot_key) NOT ENFORCED
)
PARTITION BY game_date
CLUSTER BY game_id, player_id
OPTIONS (description = "Player lines by book and snapshot.", labels = [("managed_by", "nba-backfill")]);
