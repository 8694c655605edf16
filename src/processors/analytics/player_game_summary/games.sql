-- Final games of the date that cannot be summarised, and why.
SELECT game_date, game_id, problem FROM complete_boxes WHERE problem IS NOT NULL
