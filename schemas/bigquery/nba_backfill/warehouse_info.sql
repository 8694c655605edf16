CREATE TABLE IF NOT EXISTS nba_backfill.warehouse_info (
  name STRING NOT NULL OPTIONS (description = "schema_version, holds, engine, created_at."),
  value STRING NOT NULL OPTIONS (description = "Value."),
  PRIMARY KEY (name) NOT ENFORCED
)
OPTIONS (description = "What this warehouse is: its schema version and what it holds.", labels = [("managed_by", "nba-backfill")]);
