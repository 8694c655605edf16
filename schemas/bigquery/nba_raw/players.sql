CREATE TABLE IF NOT EXISTS nba_raw.players (
  player_id STRING NOT NULL OPTIONS (description = "NBA person id."),
  player_name STRING OPTIONS (description = "Display name."),
  birth_date DATE OPTIONS (description = "Date of birth."),
  source STRING NOT NULL OPTIONS (description = "Where the row came from."),
  loaded_at TIMESTAMP NOT NULL OPTIONS (description = "When it was loaded."),
  PRIMARY KEY (player_id) NOT ENFORCED
)
CLUSTER BY player_id
OPTIONS (description = "Players (optional).", labels = [("managed_by", "nba-backfill")]);
