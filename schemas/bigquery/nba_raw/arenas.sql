CREATE TABLE IF NOT EXISTS nba_raw.arenas (
  arena_id STRING NOT NULL OPTIONS (description = "Slug of the arena, stable over renamings."),
  team STRING NOT NULL OPTIONS (description = "NBA tricode of a team at home here; empty for a site that is nobody's home."),
  role STRING NOT NULL OPTIONS (description = "home, second_home or site."),
  name STRING NOT NULL OPTIONS (description = "Current name."),
  aliases STRING OPTIONS (description = "Other names, separated by |."),
  city STRING NOT NULL OPTIONS (description = "City."),
  first_season_year INT64 OPTIONS (description = "First season of this use; NULL: before the data begins."),
  last_season_year INT64 OPTIONS (description = "Last season of this use; NULL: still in use."),
  latitude FLOAT64 NOT NULL OPTIONS (description = "Degrees north."),
  longitude FLOAT64 NOT NULL OPTIONS (description = "Degrees east."),
  time_zone STRING NOT NULL OPTIONS (description = "IANA time zone."),
  altitude_feet INT64 NOT NULL OPTIONS (description = "Altitude in feet."),
  source_url STRING OPTIONS (description = "Where the figures come from."),
  source STRING NOT NULL OPTIONS (description = "Where the row came from."),
  loaded_at TIMESTAMP NOT NULL OPTIONS (description = "When it was loaded."),
  PRIMARY KEY (arena_id, team) NOT ENFORCED
)
CLUSTER BY arena_id
OPTIONS (description = "Arenas and sites, one row per arena and team that has its home there; ships with the project.", labels = [("managed_by", "nba-backfill")]);
