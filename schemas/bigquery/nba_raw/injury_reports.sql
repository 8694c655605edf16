CREATE TABLE IF NOT EXISTS nba_raw.injury_reports (
  game_date DATE NOT NULL OPTIONS (description = "US-Eastern calendar date of the game the report is about."),
  team STRING NOT NULL OPTIONS (description = "NBA tricode."),
  player_id STRING NOT NULL OPTIONS (description = "NBA person id; empty on a not_submitted row."),
  reported_at TIMESTAMP NOT NULL OPTIONS (description = "When the report came out; a date without a time counts as the end of that date, US-Eastern."),
  game_id STRING OPTIONS (description = "The NBA's ten-digit game id, where the source says."),
  status STRING NOT NULL OPTIONS (description = "out, doubtful, questionable, probable, available; not_submitted."),
  reason STRING OPTIONS (description = "Reason in the source's words."),
  reason_category STRING OPTIONS (description = "injury, rest, g_league, suspension, personal or other."),
  player_name STRING OPTIONS (description = "Name in the source."),
  from_name BOOL NOT NULL OPTIONS (description = "player_id was resolved from player_name and is resolved anew at the end of every ingest."),
  source STRING NOT NULL OPTIONS (description = "Where the row came from."),
  loaded_at TIMESTAMP NOT NULL OPTIONS (description = "When it was loaded."),
  PRIMARY KEY (game_date, team, player_id, reported_at) NOT ENFORCED
)
PARTITION BY game_date
CLUSTER BY team, player_id
OPTIONS (description = "Injury report rows, one per player, date and report; a not_submitted row stands for a whole team.", labels = [("managed_by", "nba-backfill")]);
