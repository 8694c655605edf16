CREATE TABLE IF NOT EXISTS nba_raw.game_lines (
  game_id STRING NOT NULL OPTIONS (description = "The NBA's ten-digit game id."),
  bookmaker STRING NOT NULL OPTIONS (description = "Book."),
  market STRING NOT NULL OPTIONS (description = "spread, total or moneyline."),
  side STRING NOT NULL OPTIONS (description = "home or away (spread, moneyline); over or under (total)."),
  snapshot_key STRING NOT NULL OPTIONS (description = "ISO instant of the snapshot (UTC, to the second), or unknown."),
  game_date DATE NOT NULL OPTIONS (description = "US-Eastern calendar date of the game."),
  snapshot_at TIMESTAMP OPTIONS (description = "When the line was seen; NULL where unknown."),
  snapshot_kind STRING NOT NULL OPTIONS (description = "timed or closing_unknown_time (the latter is readable by no as-of table)."),
  point FLOAT64 OPTIONS (description = "Spread (negative: favourite) or total; NULL for moneyline."),
  price FLOAT64 OPTIONS (description = "Decimal odds."),
  source STRING NOT NULL OPTIONS (description = "Where the row came from."),
  loaded_at TIMESTAMP NOT NULL OPTIONS (description = "When it was loaded."),
  PRIMARY KEY (game_id, bookmaker, market, side, snapshot_key) NOT ENFORCED
)
PARTITION BY game_date
CLUSTER BY game_id, market
OPTIONS (description = "Game lines by book and snapshot.", labels = [("managed_by", "nba-backfill")]);
