-- The constants of every shrunk estimate, the same as in src/processors/constants.ts, which tells where they come from:
-- k, attempts that the prior weighs, and k_new, the same without a season before; j, attempts that the league weighs in
-- the prior, NULL where the prior is the league's rate alone; baseline_games, team-games that the season before weighs
-- in the league's rate.
SELECT 'team_rating' AS family, 'offensive_rating' AS estimate, 1200e0 AS k, 1200e0 AS k_new, 8200e0 AS j, 150 AS baseline_games
UNION ALL
SELECT 'team_rating', 'defensive_rating', 1500e0, 1500e0, 8200e0, 150
UNION ALL
SELECT 'team_rating', 'pace', 384e0, 384e0, 3936e0, 150
UNION ALL
SELECT 'team_zone_pct', 'paint', 860e0, 860e0, 3440e0, 150
UNION ALL
SELECT 'team_zone_pct', 'mid_range', 2000e0, 2000e0, 8000e0, 150
UNION ALL
SELECT 'team_zone_pct', 'three', 2800e0, 2800e0, 11200e0, 150
UNION ALL
SELECT 'team_zone_share', 'paint', 1300e0, 1300e0, NULL, 150
UNION ALL
SELECT 'team_zone_share', 'mid_range', 1300e0, 1300e0, NULL, 150
UNION ALL
SELECT 'team_zone_share', 'three', 1300e0, 1300e0, NULL, 150
UNION ALL
SELECT 'player_zone_pct', 'paint', 150e0, 150e0, 150e0, 150
UNION ALL
SELECT 'player_zone_pct', 'mid_range', 180e0, 180e0, 180e0, 150
UNION ALL
SELECT 'player_zone_pct', 'three', 400e0, 400e0, 400e0, 150
UNION ALL
SELECT 'player_zone_share', 'paint', 45e0, 5e0, 10e0, 150
UNION ALL
SELECT 'player_zone_share', 'mid_range', 45e0, 5e0, 10e0, 150
UNION ALL
SELECT 'player_zone_share', 'three', 45e0, 5e0, 10e0, 150
