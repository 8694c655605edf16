SELECT
  game_id, game_date, team, minutes,
  fgm, fga, fg3m, fg3a, ftm, fta, oreb, dreb, ast, stl, blk, tov, pf, pts, team_fga
FROM nba_raw.team_boxscores
WHERE game_date BETWEEN @first_target_date AND @last_target_date
