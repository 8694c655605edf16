CREATE TABLE IF NOT EXISTS nba_backfill.runs (
  run_id STRING NOT NULL OPTIONS (description = "Run."),
  started_date DATE NOT NULL OPTIONS (description = "UTC date of started_at."),
  started_at TIMESTAMP NOT NULL OPTIONS (description = "When it began."),
  finished_at TIMESTAMP OPTIONS (description = "When it ended; NULL while running, or after a kill."),
  status STRING NOT NULL OPTIONS (description = "running, complete, partial, failed or interrupted."),
  command STRING NOT NULL OPTIONS (description = "The command line, without paths and secrets."),
  selection STRING NOT NULL OPTIONS (description = "JSON: dates, processors, options."),
  planned INT64 NOT NULL OPTIONS (description = "Partitions planned."),
  complete INT64 NOT NULL OPTIONS (description = "Partitions done."),
  not_done INT64 NOT NULL OPTIONS (description = "Partitions left failed, blocked or incomplete."),
  unchanged INT64 NOT NULL OPTIONS (description = "Partitions found equal on hashing again and not computed."),
  exit_code INT64 OPTIONS (description = "Exit code."),
  error STRING OPTIONS (description = "What ended it early."),
  engine STRING NOT NULL OPTIONS (description = "Engine and version."),
  PRIMARY KEY (run_id) NOT ENFORCED
)
PARTITION BY started_date
CLUSTER BY status
OPTIONS (description = "One row per run.", labels = [("managed_by", "nba-backfill")]);
