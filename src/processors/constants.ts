/**
 * The constants of shrunk estimates: `(m + k * prior) / (a + k)`, `prior = (m_prev + j * L) / (a_prev + j)`, m makes
 * (points, possessions) and a attempts (possessions, game minutes) of the window, m_prev and a_prev of the season
 * before, L the league's rate.
 *
 * k and j minimise the error of an entity's next ten games, fitted on the real seasons 2021-22 .. 2024-25. The error
 * of the next ten games with them, with a k of five games, and with the league's rate alone:
 *
 * | estimate                                | k and j here | k of five games | league alone |
 * | --------------------------------------- | -----------: | --------------: | -----------: |
 * | team, paint percentage allowed (points) |         2.81 |            3.01 |         3.09 |
 * | team, three percentage allowed (points) |         2.66 |            3.01 |         2.68 |
 * | player, paint percentage (points)       |         8.71 |            9.47 |         9.61 |
 * | team, rating                            |         4.34 |            4.53 |         4.79 |
 *
 * SQL holds the same numbers in readers/shrinkage.sql, which every reader of an estimate joins, and those of points in
 * the feature store's query; a test keeps them equal.
 */
export interface Shrinkage {
  readonly family:
    | "team_rating"
    | "team_zone_pct"
    | "team_zone_share"
    | "player_zone_pct"
    | "player_zone_share";
  readonly estimate: string;
  /** Attempts that the prior weighs. */
  readonly k: number;
  /** The same for an entity without attempts in the season before. */
  readonly kNew: number;
  /** Attempts that the league weighs in the prior; null: the prior is the league's rate alone. */
  readonly j: number | null;
}

/** Team-games that the season before weighs in the league's rate, with all of this season's games before the date. */
export const BASELINE_GAMES = 150;

/** The unit of k and j is that of the attempts: possessions, game minutes, or field-goal attempts. */
export const SHRINKAGE: readonly Shrinkage[] = [
  { family: "team_rating", estimate: "offensive_rating", k: 1200, kNew: 1200, j: 8200 },
  { family: "team_rating", estimate: "defensive_rating", k: 1500, kNew: 1500, j: 8200 },
  { family: "team_rating", estimate: "pace", k: 384, kNew: 384, j: 3936 },
  { family: "team_zone_pct", estimate: "paint", k: 860, kNew: 860, j: 3440 },
  { family: "team_zone_pct", estimate: "mid_range", k: 2000, kNew: 2000, j: 8000 },
  { family: "team_zone_pct", estimate: "three", k: 2800, kNew: 2800, j: 11200 },
  // One k for the three zones, so that their shares sum to 1.
  { family: "team_zone_share", estimate: "paint", k: 1300, kNew: 1300, j: null },
  { family: "team_zone_share", estimate: "mid_range", k: 1300, kNew: 1300, j: null },
  { family: "team_zone_share", estimate: "three", k: 1300, kNew: 1300, j: null },
  { family: "player_zone_pct", estimate: "paint", k: 150, kNew: 150, j: 150 },
  { family: "player_zone_pct", estimate: "mid_range", k: 180, kNew: 180, j: 180 },
  { family: "player_zone_pct", estimate: "three", k: 400, kNew: 400, j: 400 },
  { family: "player_zone_share", estimate: "paint", k: 45, kNew: 5, j: 10 },
  { family: "player_zone_share", estimate: "mid_range", k: 45, kNew: 5, j: 10 },
  { family: "player_zone_share", estimate: "three", k: 45, kNew: 5, j: 10 },
];

/** Points per played game: `(m + k * prior) / (a + k)` in games; the prior is the mean of a season before of at least
 * `priorGames` played games, else the raw mean. */
export const POINTS_SHRINKAGE = { k: 3, priorGames: 10 } as const;
