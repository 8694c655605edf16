-- Snapshots strictly before this instant were known before the game: its tip-off, or 12:00 US-Eastern of its date
-- where the tip-off is unknown, minus the configured lead. Noon: from 12:00 UTC, when it is 7 or 8 o'clock in New York.
WITH noons AS (
  SELECT
    game_id,
    tipoff_at,
    asof_cutoff_at,
    asof_cutoff_kind,
    TIMESTAMP_SECONDS(UNIX_DATE(game_date) * 86400 + 43200) AS utc_noon
  FROM nba_raw.schedule
),
cutoffs AS (
  SELECT
    game_id,
    asof_cutoff_at,
    asof_cutoff_kind,
    TIMESTAMP_SECONDS(
      COALESCE(
        UNIX_SECONDS(tipoff_at),
        UNIX_SECONDS(utc_noon) + (12 - EXTRACT(HOUR FROM utc_noon AT TIME ZONE 'America/New_York')) * 3600
      ) - 60 * @line_lead_minutes
    ) AS new_asof_cutoff_at,
    IF(tipoff_at IS NULL, 'noon', 'tipoff') AS new_asof_cutoff_kind
  FROM noons
)
SELECT game_id, new_asof_cutoff_at, new_asof_cutoff_kind
FROM cutoffs
WHERE asof_cutoff_at <> new_asof_cutoff_at OR asof_cutoff_kind <> new_asof_cutoff_kind
