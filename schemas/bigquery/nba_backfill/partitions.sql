CREATE TABLE IF NOT EXISTS nba_backfill.partitions (
  processor STRING NOT NULL OPTIONS (description = "One of the nine."),
  game_date DATE NOT NULL OPTIONS (description = "Game date."),
  season_year INT64 NOT NULL OPTIONS (description = "Year in which the season starts."),
  status STRING NOT NULL OPTIONS (description = "Recorded state: complete, complete_with_exceptions, incomplete, failed, blocked, not_final, running."),
  reason STRING OPTIONS (description = "Code from a closed list; NULL when complete."),
  reason_detail STRING OPTIONS (description = "JSON: tables, games, keys, partitions."),
  row_count INT64 NOT NULL OPTIONS (description = "Rows written."),
  expected_rows INT64 OPTIONS (description = "Rows expected before the run computed anything."),
  exceptions INT64 NOT NULL OPTIONS (description = "Rows set aside, and holes in look-back windows."),
  content_fingerprint STRING OPTIONS (description = "Engine-native fingerprint of the content: count and sum of row hashes, without processor_version, run_id and computed_at."),
  input_hash STRING OPTIONS (description = "Combination of the fingerprints in inputs."),
  inputs STRING OPTIONS (description = "JSON: as-of view to its fingerprint over the declared window."),
  engine STRING NOT NULL OPTIONS (description = "Engine and version that made the fingerprints."),
  processor_version STRING NOT NULL OPTIONS (description = "First 12 hex digits of a hash over query, readers, constants, windows and output schema."),
  run_id STRING NOT NULL OPTIONS (description = "Run that wrote this state."),
  attempt INT64 NOT NULL OPTIONS (description = "1 on the first try."),
  error STRING OPTIONS (description = "Error message when failed."),
  started_at TIMESTAMP OPTIONS (description = "When the chunk began."),
  committed_at TIMESTAMP OPTIONS (description = "When the chunk was committed."),
  duration_ms INT64 OPTIONS (description = "The chunk's duration divided by its partitions."),
  bytes_billed INT64 OPTIONS (description = "Bytes billed for this partition's share of the chunk; NULL where the engine does not bill."),
  PRIMARY KEY (processor, game_date) NOT ENFORCED
)
PARTITION BY game_date
CLUSTER BY processor, status
OPTIONS (description = "State of every partition: one row per processor and game date, committed together with the data.", labels = [("managed_by", "nba-backfill")]);
