SELECT
  game_id, game_date, player_id, player_name, team, starter, status, dnp_reason, lists_nonplayers, seconds,
  fgm, fga, fg3m, fg3a, ftm, fta, oreb, dreb, ast, stl, blk, tov, pf, pts, plus_minus
FROM nba_raw.player_boxscores
WHERE game_date BETWEEN @first_target_date AND @last_target_date
