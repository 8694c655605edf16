CREATE TABLE IF NOT EXISTS nba_raw.shots (
  game_id STRING NOT NULL OPTIONS (description = "The NBA's ten-digit game id."),
  event_id INT64 NOT NULL OPTIONS (description = "Event number of the source; where it has none, the ordinal over period, seconds_left descending, player_id, loc_x, loc_y, made, shot_value."),
  game_date DATE NOT NULL OPTIONS (description = "US-Eastern calendar date of the game."),
  player_id STRING NOT NULL OPTIONS (description = "NBA person id of the shooter."),
  team STRING NOT NULL OPTIONS (description = "NBA tricode of the shooter's team."),
  period INT64 OPTIONS (description = "1-4, overtime from 5."),
  seconds_left INT64 OPTIONS (description = "Seconds left in the period."),
  made BOOL NOT NULL OPTIONS (description = "The shot went in."),
  shot_value INT64 NOT NULL OPTIONS (description = "2 or 3."),
  zone STRING NOT NULL OPTIONS (description = "paint, mid_range or three. Derived at ingest."),
  zone_method STRING NOT NULL OPTIONS (description = "official, xy or distance: how paint was told from mid-range."),
  distance_ft FLOAT64 OPTIONS (description = "Distance from the hoop in feet."),
  loc_x INT64 OPTIONS (description = "Tenths of feet from the hoop, across."),
  loc_y INT64 OPTIONS (description = "Tenths of feet from the hoop, along."),
  assist_player_id STRING OPTIONS (description = "Who assisted; NULL for none, and where the source has no such marks (shot_coverage.has_assists)."),
  block_player_id STRING OPTIONS (description = "Who blocked; NULL for none, and where the source has no such marks (shot_coverage.has_blocks)."),
  source STRING NOT NULL OPTIONS (description = "Where the row came from."),
  loaded_at TIMESTAMP NOT NULL OPTIONS (description = "When it was loaded."),
  PRIMARY KEY (game_id, event_id) NOT ENFORCED
)
PARTITION BY game_date
CLUSTER BY game_id, player_id
OPTIONS (description = "Field-goal attempts, one row each.", labels = [("managed_by", "nba-backfill")]);
