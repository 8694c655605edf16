CREATE TABLE IF NOT EXISTS nba_raw.schedule (
  game_id STRING NOT NULL OPTIONS (description = "The NBA's ten-digit game id, as text."),
  season_year INT64 NOT NULL OPTIONS (description = "Year in which the season starts: 2021 means 2021-22."),
  season_type STRING NOT NULL OPTIONS (description = "regular, cup_final, play_in, playoffs (official); preseason, all_star (exhibition)."),
  game_date DATE NOT NULL OPTIONS (description = "US-Eastern calendar date of the game."),
  tipoff_at TIMESTAMP OPTIONS (description = "Scheduled tip-off; NULL where unknown."),
  asof_cutoff_at TIMESTAMP NOT NULL OPTIONS (description = "Snapshots strictly before this instant were known before the game: tip-off, or noon US-Eastern where unknown, minus the configured lead. Derived at ingest."),
  asof_cutoff_kind STRING NOT NULL OPTIONS (description = "tipoff or noon. Derived at ingest."),
  home_team STRING NOT NULL OPTIONS (description = "NBA tricode of the home (or designated home) team."),
  away_team STRING NOT NULL OPTIONS (description = "NBA tricode of the away team."),
  neutral_site BOOL NOT NULL OPTIONS (description = "The source flags the game as played on a neutral site."),
  status STRING NOT NULL OPTIONS (description = "scheduled, final, postponed or cancelled."),
  home_score INT64 OPTIONS (description = "Final points of the home team; NULL until final."),
  away_score INT64 OPTIONS (description = "Final points of the away team; NULL until final."),
  arena_id STRING OPTIONS (description = "Arena, as in arenas; NULL where the source does not say."),
  source STRING NOT NULL OPTIONS (description = "Where the row came from."),
  loaded_at TIMESTAMP NOT NULL OPTIONS (description = "When it was loaded."),
  PRIMARY KEY (game_id) NOT ENFORCED
)
PARTITION BY game_date
CLUSTER BY game_id
OPTIONS (description = "Games of the NBA schedule, one row per game: the fixture known beforehand, and the result once final.", labels = [("managed_by", "nba-backfill")]);
