CREATE TABLE IF NOT EXISTS nba_raw.rosters (
  team STRING NOT NULL OPTIONS (description = "NBA tricode."),
  player_id STRING NOT NULL OPTIONS (description = "NBA person id."),
  as_of_at TIMESTAMP NOT NULL OPTIONS (description = "When the roster was seen."),
  as_of_date DATE NOT NULL OPTIONS (description = "US-Eastern calendar date of as_of_at."),
  player_name STRING OPTIONS (description = "Name in the source."),
  from_name BOOL NOT NULL OPTIONS (description = "player_id was resolved from player_name and is resolved anew at the end of every ingest."),
  source STRING NOT NULL OPTIONS (description = "Where the row came from."),
  loaded_at TIMESTAMP NOT NULL OPTIONS (description = "When it was loaded."),
  PRIMARY KEY (team, player_id, as_of_at) NOT ENFORCED
)
PARTITION BY as_of_date
CLUSTER BY team, player_id
OPTIONS (description = "Roster snapshots (optional).", labels = [("managed_by", "nba-backfill")]);
