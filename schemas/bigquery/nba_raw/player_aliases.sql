CREATE TABLE IF NOT EXISTS nba_raw.player_aliases (
  alias STRING NOT NULL OPTIONS (description = "Normalised name: lower-case ASCII letters and digits, suffixes kept."),
  player_id STRING NOT NULL OPTIONS (description = "NBA person id."),
  source STRING NOT NULL OPTIONS (description = "Where the row came from."),
  loaded_at TIMESTAMP NOT NULL OPTIONS (description = "When it was loaded."),
  PRIMARY KEY (alias) NOT ENFORCED
)
CLUSTER BY alias
OPTIONS (description = "Names that resolve to a player; the user's own, and stronger than any other source of names.", labels = [("managed_by", "nba-backfill")]);
