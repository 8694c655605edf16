CREATE TABLE IF NOT EXISTS nba_raw.team_boxscores (
  game_id STRING NOT NULL OPTIONS (description = "The NBA's ten-digit game id."),
  team STRING NOT NULL OPTIONS (description = "NBA tricode."),
  game_date DATE NOT NULL OPTIONS (description = "US-Eastern calendar date of the game."),
  minutes INT64 OPTIONS (description = "Team minutes: 240, and 25 for each overtime; NULL where neither given nor derivable."),
  minutes_derived BOOL NOT NULL OPTIONS (description = "The source gave no minutes: minutes is derived at the end of every ingest."),
  overtime_points INT64 OPTIONS (description = "Points in overtime periods."),
  overtime_periods INT64 OPTIONS (description = "Number of overtime periods."),
  fgm INT64 NOT NULL OPTIONS (description = "Field goals made."),
  fga INT64 NOT NULL OPTIONS (description = "Field goals attempted."),
  fg3m INT64 NOT NULL OPTIONS (description = "Three-pointers made."),
  fg3a INT64 NOT NULL OPTIONS (description = "Three-pointers attempted."),
  ftm INT64 NOT NULL OPTIONS (description = "Free throws made."),
  fta INT64 NOT NULL OPTIONS (description = "Free throws attempted."),
  oreb INT64 NOT NULL OPTIONS (description = "Offensive rebounds."),
  dreb INT64 NOT NULL OPTIONS (description = "Defensive rebounds."),
  ast INT64 NOT NULL OPTIONS (description = "Assists."),
  stl INT64 NOT NULL OPTIONS (description = "Steals."),
  blk INT64 NOT NULL OPTIONS (description = "Blocks."),
  tov INT64 NOT NULL OPTIONS (description = "Turnovers, team turnovers included."),
  pf INT64 NOT NULL OPTIONS (description = "Personal fouls."),
  pts INT64 NOT NULL OPTIONS (description = "Points."),
  team_fga INT64 OPTIONS (description = "Team attempts outside the players' sum (end-of-quarter heaves since 2025-26); counted in possessions only."),
  official_possessions FLOAT64 OPTIONS (description = "Possessions as published; for a check and the reports, read by no processor."),
  source STRING NOT NULL OPTIONS (description = "Where the row came from."),
  loaded_at TIMESTAMP NOT NULL OPTIONS (description = "When it was loaded."),
  PRIMARY KEY (game_id, team) NOT ENFORCED
)
PARTITION BY game_date
CLUSTER BY game_id, team
OPTIONS (description = "Team box scores, two rows per game.", labels = [("managed_by", "nba-backfill")]);
