-- What the books offered on each game before its cut-off: per book its last quote, over the books the lower middle,
-- a number somebody offered. Spreads are the home side's, totals the over's; of moneylines a quote is the home side's
-- probability without vig, from both prices of one snapshot.
WITH snapshots AS (
  SELECT
    game_id,
    market,
    bookmaker,
    snapshot_at,
    MAX(CASE WHEN side IN ('home', 'over') THEN point END) AS point,
    MAX(CASE WHEN side = 'home' THEN price END) AS home_price,
    MAX(CASE WHEN side = 'away' THEN price END) AS away_price
  FROM lines
  GROUP BY game_id, market, bookmaker, snapshot_at
),
quotes AS (
  SELECT
    game_id,
    market,
    bookmaker,
    snapshot_at,
    CASE
      WHEN market = 'moneyline'
        THEN FLOOR(SAFE_DIVIDE(away_price, home_price + away_price) * 1e9 + 0.5e0) / 1e9
      ELSE point
    END AS quote
  FROM snapshots
),
books AS (
  SELECT
    game_id,
    market,
    bookmaker,
    quote,
    FIRST_VALUE(quote) OVER (
      PARTITION BY game_id, market, bookmaker
      ORDER BY snapshot_at
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS first_quote,
    ROW_NUMBER() OVER (PARTITION BY game_id, market, bookmaker ORDER BY snapshot_at) AS snapshots
  FROM quotes
  WHERE quote IS NOT NULL
  QUALIFY ROW_NUMBER() OVER (PARTITION BY game_id, market, bookmaker ORDER BY snapshot_at DESC) = 1
),
consensus AS (
  SELECT game_id, market, quote
  FROM books
  QUALIFY ROW_NUMBER() OVER (PARTITION BY game_id, market ORDER BY quote, bookmaker)
    = DIV(COUNT(*) OVER (PARTITION BY game_id, market) + 1, 2)
),
moves AS (
  SELECT game_id, market, bookmaker, quote - first_quote AS movement
  FROM books
  WHERE snapshots > 1
),
movements AS (
  SELECT game_id, market, movement
  FROM moves
  QUALIFY ROW_NUMBER() OVER (PARTITION BY game_id, market ORDER BY movement, bookmaker)
    = DIV(COUNT(*) OVER (PARTITION BY game_id, market) + 1, 2)
)
SELECT
  consensus.game_id AS game_id,
  MAX(CASE WHEN consensus.market = 'spread' THEN consensus.quote END) AS home_spread,
  MAX(CASE WHEN consensus.market = 'spread' THEN movements.movement END) AS home_spread_movement,
  MAX(CASE WHEN consensus.market = 'total' THEN consensus.quote END) AS total,
  MAX(CASE WHEN consensus.market = 'total' THEN movements.movement END) AS total_movement,
  MAX(CASE WHEN consensus.market = 'moneyline' THEN consensus.quote END) AS home_win_probability
FROM consensus
LEFT JOIN movements ON movements.game_id = consensus.game_id AND movements.market = consensus.market
GROUP BY consensus.game_id
