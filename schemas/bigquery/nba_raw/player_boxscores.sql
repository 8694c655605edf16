CREATE TABLE IF NOT EXISTS nba_raw.player_boxscores (
  game_id STRING NOT NULL OPTIONS (description = "The NBA's ten-digit game id."),
  player_id STRING NOT NULL OPTIONS (description = "NBA person id, as text, or name:<normalised name> where a name-only source matches nothing."),
  game_date DATE NOT NULL OPTIONS (description = "US-Eastern calendar date of the game."),
  player_name STRING OPTIONS (description = "Display name in the source."),
  team STRING NOT NULL OPTIONS (description = "NBA tricode."),
  starter BOOL OPTIONS (description = "Started the game; NULL where the source does not say."),
  status STRING NOT NULL OPTIONS (description = "active, dnp or inactive."),
  dnp_reason STRING OPTIONS (description = "Why he did not play, in the source's words."),
  lists_nonplayers BOOL NOT NULL OPTIONS (description = "The source lists players who did not play; declared by its mapping, never inferred."),
  seconds INT64 NOT NULL OPTIONS (description = "Seconds played; 0 when he did not play."),
  fgm INT64 OPTIONS (description = "Field goals made."),
  fga INT64 OPTIONS (description = "Field goals attempted."),
  fg3m INT64 OPTIONS (description = "Three-pointers made."),
  fg3a INT64 OPTIONS (description = "Three-pointers attempted."),
  ftm INT64 OPTIONS (description = "Free throws made."),
  fta INT64 OPTIONS (description = "Free throws attempted."),
  oreb INT64 OPTIONS (description = "Offensive rebounds."),
  dreb INT64 OPTIONS (description = "Defensive rebounds."),
  ast INT64 OPTIONS (description = "Assists."),
  stl INT64 OPTIONS (description = "Steals."),
  blk INT64 OPTIONS (description = "Blocks."),
  tov INT64 OPTIONS (description = "Turnovers."),
  pf INT64 OPTIONS (description = "Personal fouls."),
  pts INT64 OPTIONS (description = "Points."),
  plus_minus INT64 OPTIONS (description = "Plus-minus."),
  from_name BOOL NOT NULL OPTIONS (description = "player_id was resolved from player_name and is resolved anew at the end of every ingest."),
  source STRING NOT NULL OPTIONS (description = "Where the row came from."),
  loaded_at TIMESTAMP NOT NULL OPTIONS (description = "When it was loaded."),
  PRIMARY KEY (game_id, player_id) NOT ENFORCED
)
PARTITION BY game_date
CLUSTER BY game_id, player_id
OPTIONS (description = "Player box scores, one row per listed player and game.", labels = [("managed_by", "nba-backfill")]);
