CREATE TABLE IF NOT EXISTS nba_raw.shot_coverage (
  game_id STRING NOT NULL OPTIONS (description = "The NBA's ten-digit game id."),
  game_date DATE NOT NULL OPTIONS (description = "US-Eastern calendar date of the game."),
  home_shots INT64 NOT NULL OPTIONS (description = "Shots of the home team."),
  away_shots INT64 NOT NULL OPTIONS (description = "Shots of the away team."),
  has_assists BOOL NOT NULL OPTIONS (description = "The source marks assists."),
  has_blocks BOOL NOT NULL OPTIONS (description = "The source marks blocks."),
  zone_method STRING NOT NULL OPTIONS (description = "Weakest method among the game's shots: official, then xy, then distance."),
  source STRING NOT NULL OPTIONS (description = "Where the row came from."),
  loaded_at TIMESTAMP NOT NULL OPTIONS (description = "When it was loaded."),
  PRIMARY KEY (game_id) NOT ENFORCED
)
PARTITION BY game_date
CLUSTER BY game_id
OPTIONS (description = "What the shots of a game cover, one row per game that has shots; filled with the shots.", labels = [("managed_by", "nba-backfill")]);
