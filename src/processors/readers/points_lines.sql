-- What the books offered on each player's points before the cut-off, a row per game and player who has a line: per book
-- its last snapshot, over the books the lower middle, a number somebody offered; the same over each book's first
-- snapshot; the lower middle of what moved at the books that have two; and the no-vig probability of the over, the
-- lower middle over the books that offer the consensus line with both prices.
WITH books AS (
  SELECT
    game_id,
    player_id,
    bookmaker,
    line,
    SAFE_DIVIDE(under_price, over_price + under_price) AS over_probability,
    FIRST_VALUE(line) OVER (
      PARTITION BY game_id, player_id, bookmaker ORDER BY snapshot_at, snapshot_key
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS first_line,
    FIRST_VALUE(snapshot_at) OVER (
      PARTITION BY game_id, player_id, bookmaker ORDER BY snapshot_at, snapshot_key
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) < snapshot_at AS has_moved
  FROM props
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY game_id, player_id, bookmaker ORDER BY snapshot_at DESC, snapshot_key DESC
  ) = 1
),
consensus AS (
  SELECT game_id, player_id, line, COUNT(*) OVER (PARTITION BY game_id, player_id) AS books
  FROM books
  QUALIFY ROW_NUMBER() OVER (PARTITION BY game_id, player_id ORDER BY line, bookmaker)
    = DIV(COUNT(*) OVER (PARTITION BY game_id, player_id) + 1, 2)
),
openings AS (
  SELECT game_id, player_id, first_line
  FROM books
  QUALIFY ROW_NUMBER() OVER (PARTITION BY game_id, player_id ORDER BY first_line, bookmaker)
    = DIV(COUNT(*) OVER (PARTITION BY game_id, player_id) + 1, 2)
),
movements AS (
  SELECT game_id, player_id, line - first_line AS movement
  FROM books
  WHERE has_moved
  QUALIFY ROW_NUMBER() OVER (PARTITION BY game_id, player_id ORDER BY line - first_line, bookmaker)
    = DIV(COUNT(*) OVER (PARTITION BY game_id, player_id) + 1, 2)
),
probabilities AS (
  SELECT books.game_id AS game_id, books.player_id AS player_id, books.over_probability AS over_probability
  FROM books
  JOIN consensus
    ON consensus.game_id = books.game_id AND consensus.player_id = books.player_id AND consensus.line = books.line
  WHERE books.over_probability IS NOT NULL
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY books.game_id, books.player_id ORDER BY books.over_probability, books.bookmaker
  ) = DIV(COUNT(*) OVER (PARTITION BY books.game_id, books.player_id) + 1, 2)
)
SELECT
  consensus.game_id AS game_id,
  consensus.player_id AS player_id,
  consensus.line AS line,
  openings.first_line AS opening_line,
  movements.movement AS movement,
  CAST(consensus.books AS INT64) AS books,
  probabilities.over_probability AS over_probability
FROM consensus
JOIN openings ON openings.game_id = consensus.game_id AND openings.player_id = consensus.player_id
LEFT JOIN movements ON movements.game_id = consensus.game_id AND movements.player_id = consensus.player_id
LEFT JOIN probabilities
  ON probabilities.game_id = consensus.game_id AND probabilities.player_id = consensus.player_id
