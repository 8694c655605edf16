CREATE TABLE IF NOT EXISTS nba_raw.quarantine (
  table_name STRING NOT NULL OPTIONS (description = "Raw table the row was meant for."),
  row_key STRING NOT NULL OPTIONS (description = "Hash of mapping and row: loading the same file twice adds nothing."),
  reason STRING NOT NULL OPTIONS (description = "Code: bad_value, missing_value, unknown_team, unknown_game, conflicting_duplicate, ..."),
  detail STRING NOT NULL OPTIONS (description = "What is wrong, in one line."),
  file STRING NOT NULL OPTIONS (description = "File name and row number in it."),
  mapping STRING NOT NULL OPTIONS (description = "Mapping it was read by."),
  row_json STRING NOT NULL OPTIONS (description = "The source row, as JSON."),
  source STRING NOT NULL OPTIONS (description = "Where the row came from."),
  loaded_at TIMESTAMP NOT NULL OPTIONS (description = "When it was loaded."),
  PRIMARY KEY (table_name, row_key) NOT ENFORCED
)
CLUSTER BY table_name, reason
OPTIONS (description = "Rows that did not fit, with the reason; tried again at the end of every ingest where the reason is an unresolved id.", labels = [("managed_by", "nba-backfill")]);
