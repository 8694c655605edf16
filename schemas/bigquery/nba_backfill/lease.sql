CREATE TABLE IF NOT EXISTS nba_backfill.lease (
  name STRING NOT NULL OPTIONS (description = "Always writer."),
  holder STRING NOT NULL OPTIONS (description = "Run that holds it."),
  host STRING NOT NULL OPTIONS (description = "Host name."),
  pid INT64 NOT NULL OPTIONS (description = "Process id."),
  fence INT64 NOT NULL OPTIONS (description = "Grows by one with each holder; a commit with an older one is refused."),
  acquired_at TIMESTAMP NOT NULL OPTIONS (description = "When it was taken."),
  heartbeat_at TIMESTAMP NOT NULL OPTIONS (description = "Last sign of life."),
  PRIMARY KEY (name) NOT ENFORCED
)
OPTIONS (description = "The one writer: at most one row.", labels = [("managed_by", "nba-backfill")]);
