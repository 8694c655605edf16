CREATE TABLE IF NOT EXISTS nba_backfill.exceptions (
  processor STRING NOT NULL OPTIONS (description = "Processor."),
  game_date DATE NOT NULL OPTIONS (description = "Game date."),
  kind STRING NOT NULL OPTIONS (description = "row_contract, game_set_aside, window_hole, no_listing."),
  row_key STRING NOT NULL OPTIONS (description = "Key of the row, game or team concerned."),
  detail STRING NOT NULL OPTIONS (description = "JSON: what is wrong."),
  run_id STRING NOT NULL OPTIONS (description = "Run that recorded it."),
  PRIMARY KEY (processor, game_date, kind, row_key) NOT ENFORCED
)
PARTITION BY game_date
CLUSTER BY processor, kind
OPTIONS (description = "Rows set aside and holes named, per partition.", labels = [("managed_by", "nba-backfill")]);
