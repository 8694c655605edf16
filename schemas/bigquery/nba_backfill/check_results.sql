CREATE TABLE IF NOT EXISTS nba_backfill.check_results (
  processor STRING NOT NULL OPTIONS (description = "Processor."),
  game_date DATE NOT NULL OPTIONS (description = "Game date."),
  check_name STRING NOT NULL OPTIONS (description = "Check."),
  severity STRING NOT NULL OPTIONS (description = "block or warn."),
  passed BOOL NOT NULL OPTIONS (description = "No violation."),
  violations INT64 NOT NULL OPTIONS (description = "Rows in violation."),
  detail STRING OPTIONS (description = "JSON: examples."),
  run_id STRING NOT NULL OPTIONS (description = "Run that checked."),
  PRIMARY KEY (processor, game_date, check_name) NOT ENFORCED
)
PARTITION BY game_date
CLUSTER BY processor, check_name
OPTIONS (description = "Results of the checks, per partition.", labels = [("managed_by", "nba-backfill")]);
