CREATE TABLE IF NOT EXISTS nba_precompute.player_composite_factors (
  game_id STRING NOT NULL OPTIONS (description = "The NBA's ten-digit game id."),
  game_date DATE NOT NULL OPTIONS (description = "US-Eastern calendar date of the game."),
  season_year INT64 NOT NULL OPTIONS (description = "Year in which the season starts."),
  season_type STRING NOT NULL OPTIONS (description = "regular, cup_final, play_in or playoffs."),
  team STRING NOT NULL OPTIONS (description = "NBA tricode."),
  opponent STRING NOT NULL OPTIONS (description = "NBA tricode of the opponent."),
  player_id STRING NOT NULL OPTIONS (description = "NBA person id."),
  fatigue_score FLOAT64 OPTIONS (description = "0..100, 100 = fresh; NULL where his rest and load are NULL because of a hole."),
  shot_zone_mismatch_score FLOAT64 OPTIONS (description = "-10..10, points of effective field-goal percentage; positive favours the player."),
  pace_score FLOAT64 OPTIONS (description = "-3..3: pace_differential / 2."),
  usage_spike_score FLOAT64 OPTIONS (description = "-3..3: 30 x (usage last 5 - usage season), x 1.15 with one star team-mate out, x 1.30 with more, when positive."),
  total_composite_adjustment FLOAT64 OPTIONS (description = "(fatigue_score - 100) / 20 + the three others: an index of unlike units, not points; NULL if any part is."),
  window_games_expected INT64 NOT NULL OPTIONS (description = "Games the longest window of the current season should hold."),
  window_games_found INT64 NOT NULL OPTIONS (description = "Games it does hold."),
  early_season BOOL NOT NULL OPTIONS (description = "Fewer than 5 played games this season before the date."),
  data_quality_tier STRING NOT NULL OPTIONS (description = "high (>= 10 games), medium (5-9), low (1-4), prior (0), counted in his played games of this season."),
  processor_version STRING NOT NULL OPTIONS (description = "First 12 hex digits of a hash over query, readers, constants, windows and output schema."),
  run_id STRING NOT NULL OPTIONS (description = "Run that wrote the row."),
  computed_at TIMESTAMP NOT NULL OPTIONS (description = "The run's timestamp."),
  row_hash STRING NOT NULL OPTIONS (description = "SHA-256 over the canonical text of every column but processor_version, run_id, computed_at and itself."),
  PRIMARY KEY (game_id, player_id) NOT ENFORCED
)
PARTITION BY game_date
CLUSTER BY player_id, team
OPTIONS (description = "Composite pre-game factors of each rostered player.", labels = [("managed_by", "nba-backfill")]);
