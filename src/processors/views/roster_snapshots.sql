-- The reader compares as_of_at with each target date's cut-off, because a snapshot counts for several dates.
SELECT team, player_id, as_of_at, as_of_date
FROM nba_raw.rosters
WHERE as_of_date BETWEEN @first_input_date AND @last_input_date
