CREATE TABLE IF NOT EXISTS nba_backfill.check_results (
  processor STRING NOT NULL OPTIONS (description = "Processor."),
  game_date DATE NOT NULL OPTIONS (description = "Game date."),
  check_name STRING NOT NULL OPTIONS (description = "Check, as the processor declares it, or one that every processor has."),
  severity STRING NOT NULL OPTIONS (description = "block or warn."),
  checked INT64 NOT NULL OPTIONS (description = "Rows, keys, teams or columns that were looked at."),
  found INT64 NOT NULL OPTIONS (description = "Those that fail; 0 where the check holds."),
  example STRING OPTIONS (description = "One of them."),
  run_id STRING NOT NULL OPTIONS (description = "Run that made the check."),
  PRIMARY KEY (processor, game_date, check_name) NOT ENFORCED
)
PARTITION BY game_date
CLUSTER BY processor, check_name
OPTIONS (description = "What each check found in the rows of a partition before they were committed.", labels = [("managed_by", "nba-backfill")]);
