-- Both teams' box scores side by side, for final games that have both: two rows per game, the second pair of columns
-- being the opponent's. Possessions by the Basketball-Reference formula, for both teams the mean of both:
-- https://www.basketball-reference.com/about/glossary.html
WITH estimated AS (
  SELECT
    finals.game_id AS game_id,
    finals.team AS team,
    own.fga + COALESCE(own.team_fga, 0)
      + 0.4e0 * own.fta
      - 1.07e0 * SAFE_DIVIDE(own.oreb, own.oreb + other.dreb)
        * (own.fga + COALESCE(own.team_fga, 0) - own.fgm)
      + own.tov AS plays
  FROM finals
  JOIN team_boxes AS own ON own.game_id = finals.game_id AND own.team = finals.team
  JOIN team_boxes AS other ON other.game_id = finals.game_id AND other.team = finals.opponent
)
SELECT
  finals.game_id AS game_id,
  finals.game_date AS game_date,
  finals.season_year AS season_year,
  finals.season_type AS season_type,
  finals.team AS team,
  finals.opponent AS opponent,
  finals.is_home AS is_home,
  finals.site AS site,
  finals.score AS score,
  finals.opponent_score AS opponent_score,
  own.minutes AS minutes,
  0.5e0 * (own_plays.plays + other_plays.plays) AS possessions,
  own.fgm AS fgm,
  own.fga AS fga,
  own.fg3m AS fg3m,
  own.fg3a AS fg3a,
  own.ftm AS ftm,
  own.fta AS fta,
  own.oreb AS oreb,
  own.dreb AS dreb,
  own.ast AS ast,
  own.stl AS stl,
  own.blk AS blk,
  own.tov AS tov,
  own.pf AS pf,
  other.fgm AS opponent_fgm,
  other.fga AS opponent_fga,
  other.fg3m AS opponent_fg3m,
  other.fg3a AS opponent_fg3a,
  other.ftm AS opponent_ftm,
  other.fta AS opponent_fta,
  other.oreb AS opponent_oreb,
  other.dreb AS opponent_dreb,
  other.tov AS opponent_tov,
  zone_games.zones_missing_reason AS zones_missing_reason,
  zone_games.zone_method AS zone_method,
  zone_games.has_blocks AS has_blocks
FROM finals
JOIN team_boxes AS own ON own.game_id = finals.game_id AND own.team = finals.team
JOIN team_boxes AS other ON other.game_id = finals.game_id AND other.team = finals.opponent
JOIN estimated AS own_plays ON own_plays.game_id = finals.game_id AND own_plays.team = finals.team
JOIN estimated AS other_plays ON other_plays.game_id = finals.game_id AND other_plays.team = finals.opponent
JOIN zone_games ON zone_games.game_id = finals.game_id
