CREATE TABLE IF NOT EXISTS nba_backfill.source_dates (
  view_name STRING NOT NULL OPTIONS (description = "As-of view."),
  source_date DATE NOT NULL OPTIONS (description = "Date of its rows."),
  fingerprint STRING NOT NULL OPTIONS (description = "Count and sum of row hashes over exactly the view's columns."),
  previous_fingerprint STRING OPTIONS (description = "The one before; NULL for the first."),
  changed_at TIMESTAMP NOT NULL OPTIONS (description = "When it changed."),
  PRIMARY KEY (view_name, source_date) NOT ENFORCED
)
PARTITION BY source_date
CLUSTER BY view_name
OPTIONS (description = "What the as-of views returned per source date, and when that last changed; written at ingest and at commit.", labels = [("managed_by", "nba-backfill")]);
