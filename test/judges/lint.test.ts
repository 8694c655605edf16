import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GoogleSql } from "./googlesql.ts";
import { lint } from "./lint.ts";
import type { REASONS } from "./lint-rules.ts";

let google: GoogleSql;
beforeAll(async () => {
  google = await GoogleSql.connect();
});
afterAll(() => google.close());

const games = "FROM nba_analytics.player_game_summary AS games";
const other = "nba_analytics.player_game_summary AS other";

/** Per rule a statement that it finds and a neighbour that passes. */
const PLANTED: Readonly<Record<keyof typeof REASONS | "refused", readonly (readonly [string, string])[]>> = {
  "float-aggregate": [
    [`SELECT AVG(usage_rate) AS mean ${games}`, `SELECT SUM(pts) AS points ${games}`],
    [`SELECT SUM(minutes) AS minutes ${games}`, `SELECT SUM(seconds) AS seconds ${games}`],
    [`SELECT SUM(pts / 2) AS half ${games}`, `SELECT MAX(pts / 2) AS half ${games}`],
    [
      `SELECT SUM(minutes) OVER (PARTITION BY team) AS m ${games}`,
      `SELECT SUM(seconds) OVER (PARTITION BY team) AS m ${games}`,
    ],
    [`SELECT STDDEV_SAMP(usage_rate) AS sd ${games}`, `SELECT MIN(usage_rate) AS low ${games}`],
    [
      `SELECT CORR(usage_rate, minutes) AS r ${games}`,
      `SELECT LAG(usage_rate) OVER (ORDER BY game_date, game_id) AS before ${games}`,
    ],
  ],
  "float-to-integer": [
    [
      `SELECT CAST(minutes AS INT64) AS m ${games}`,
      `SELECT CAST(FLOOR(minutes + 0.5e0) AS INT64) AS m ${games}`,
    ],
    [
      `SELECT CAST(FLOOR(minutes) + 0.5e0 AS INT64) AS m ${games}`,
      `SELECT CAST(FLOOR(pts / 2) AS INT64) AS m ${games}`,
    ],
  ],
  cast: [
    [`SELECT CAST(minutes AS STRING) AS m ${games}`, `SELECT CAST(seconds AS STRING) AS s ${games}`],
    [`SELECT CAST(computed_at AS DATE) AS d ${games}`, `SELECT CAST(game_date AS STRING) AS d ${games}`],
  ],
  function: [
    [`SELECT ROUND(minutes, 1) AS m ${games}`, `SELECT FLOOR(minutes * 10 + 0.5e0) / 10 AS m ${games}`],
    [`SELECT AVG(pts) AS mean ${games}`, `SELECT SAFE_DIVIDE(SUM(pts), COUNT(pts)) AS mean ${games}`],
    [`SELECT DATE_SUB(game_date, INTERVAL 7 DAY) AS d ${games}`, `SELECT game_date - 7 AS d ${games}`],
    [
      `SELECT DATE_DIFF(game_date, DATE '2022-10-18', DAY) AS n ${games}`,
      `SELECT UNIX_DATE(game_date) - UNIX_DATE(DATE '2022-10-18') AS n ${games}`,
    ],
    [`SELECT GREATEST(pts, 0) AS p ${games}`, `SELECT CASE WHEN pts > 0 THEN pts ELSE 0 END AS p ${games}`],
    [`SELECT LEAST(pts, 0) AS p ${games}`, `SELECT IF(pts < 0, pts, 0) AS p ${games}`],
    [`SELECT CONCAT(team, site) AS t ${games}`, `SELECT team || site AS t ${games}`],
    [
      `SELECT MAX_BY(team, game_date) AS t ${games}`,
      `SELECT team ${games} WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY player_id ORDER BY game_date DESC, game_id) = 1`,
    ],
    [`SELECT ANY_VALUE(team) AS t ${games}`, `SELECT MIN(team) AS t ${games}`],
    [`SELECT APPROX_COUNT_DISTINCT(team) AS t ${games}`, `SELECT COUNT(DISTINCT team) AS t ${games}`],
    [`SELECT PERCENTILE_CONT(points_line, 0.5e0) OVER () AS m ${games}`, `SELECT points_line ${games}`],
    [`SELECT CURRENT_DATE() AS d ${games}`, `SELECT game_date AS d ${games}`],
  ],
  extract: [
    [
      `SELECT EXTRACT(DAYOFWEEK FROM game_date) AS d ${games}`,
      `SELECT MOD(UNIX_DATE(game_date) + 4, 7) AS d ${games}`,
    ],
    [
      `SELECT EXTRACT(WEEK FROM game_date) AS w ${games}`,
      `SELECT EXTRACT(YEAR FROM game_date) AS y ${games}`,
    ],
  ],
  division: [
    [`SELECT pts / seconds AS p ${games}`, `SELECT SAFE_DIVIDE(pts, seconds) + pts / 60 AS p ${games}`],
  ],
  "decimal-literal": [[`SELECT fga + 0.44 * fta AS p ${games}`, `SELECT fga + 0.44e0 * fta AS p ${games}`]],
  interval: [[`SELECT game_date - INTERVAL 7 DAY AS d ${games}`, `SELECT game_date - 7 AS d ${games}`]],
  "date-difference": [
    [`SELECT game_date - DATE '2022-10-18' AS n ${games}`, `SELECT UNIX_DATE(game_date) - 5 AS n ${games}`],
  ],
  "date-minus-column": [
    [
      `SELECT game_date - pts AS d ${games}`,
      `SELECT DATE_FROM_UNIX_DATE(UNIX_DATE(game_date) - pts) AS d ${games}`,
    ],
    [`SELECT game_date + pts AS d ${games}`, `SELECT game_date + 1 AS d ${games}`],
  ],
  "timestamp-literal": [
    [
      `SELECT team ${games} WHERE computed_at < TIMESTAMP '2022-10-18 23:30:00+00'`,
      `SELECT team ${games} WHERE computed_at < TIMESTAMP_SECONDS(1666135800) AND game_date < DATE '2022-10-18'`,
    ],
  ],
  star: [
    [`SELECT * ${games}`, `SELECT COUNT(*) AS n ${games}`],
    [`SELECT games.* ${games}`, `SELECT games.team ${games}`],
    [`SELECT * EXCEPT (team) ${games}`, `SELECT site ${games}`],
  ],
  "implicit-frame": [
    [
      `SELECT SUM(pts) OVER (PARTITION BY team ORDER BY game_date, game_id) AS p ${games}`,
      `SELECT SUM(pts) OVER (PARTITION BY team ORDER BY game_date, game_id ROWS BETWEEN 9 PRECEDING AND 1 PRECEDING) AS p ${games}`,
    ],
    [
      `SELECT LAST_VALUE(pts) OVER (ORDER BY game_id) AS p ${games}`,
      `SELECT ROW_NUMBER() OVER (ORDER BY game_id) AS p ${games}`,
    ],
    [
      `SELECT SUM(pts) OVER w AS p ${games} WINDOW w AS (PARTITION BY team ORDER BY game_id)`,
      `SELECT SUM(pts) OVER w AS p ${games} WINDOW w AS (PARTITION BY team ORDER BY game_id ROWS BETWEEN 9 PRECEDING AND CURRENT ROW)`,
    ],
    // The same name in two queries: each has its own.
    [
      `SELECT (SELECT SUM(n) OVER w FROM (SELECT 1 AS n) AS one WINDOW w AS (ORDER BY n)) AS m, SUM(pts) OVER w AS p ${games} WINDOW w AS (ORDER BY game_id ROWS BETWEEN 9 PRECEDING AND CURRENT ROW)`,
      `SELECT COUNT(*) OVER (PARTITION BY team) AS n ${games}`,
    ],
  ],
  "null-order": [
    [`SELECT team ${games} ORDER BY team NULLS FIRST`, `SELECT team ${games} ORDER BY team DESC`],
  ],
  "unordered-list": [
    [`SELECT STRING_AGG(team) AS t ${games}`, `SELECT STRING_AGG(team, ',' ORDER BY game_id) AS t ${games}`],
  ],
  array: [
    [
      `SELECT team ${games} WHERE team IN UNNEST(['BOS'])`,
      `SELECT team ${games} WHERE team IN ('BOS', 'DEN')`,
    ],
    [
      `SELECT team FROM UNNEST(['BOS']) AS team`,
      `SELECT game_date FROM UNNEST([DATE '2022-10-18']) AS game_date`,
    ],
    [`SELECT STRUCT(team AS t) AS s ${games}`, `SELECT team AS t ${games}`],
    [`SELECT [team][OFFSET(0)] AS t ${games}`, `SELECT SUBSTR(team, 1, 1) AS t ${games}`],
  ],
  "pick-by-modifier": [
    [`SELECT ANY_VALUE(team HAVING MAX game_date) AS t ${games}`, `SELECT MAX(game_date) AS d ${games}`],
    [`SELECT ARRAY_AGG(team LIMIT 1) AS t ${games}`, `SELECT team ${games} LIMIT 1`],
  ],
  join: [
    [
      `SELECT games.team ${games} JOIN ${other} ON other.game_date < games.game_date`,
      `SELECT games.team ${games} JOIN ${other} ON other.team = games.team AND other.game_date < games.game_date`,
    ],
    [
      `SELECT games.team ${games} LEFT JOIN ${other} ON other.season_year + 1 = games.season_year`,
      `SELECT games.team ${games} LEFT JOIN ${other} USING (game_id, player_id)`,
    ],
    [
      `WITH target_dates AS (SELECT game_date FROM UNNEST([DATE '2022-10-18']) AS game_date) SELECT games.team ${games} CROSS JOIN target_dates`,
      `SELECT games.team ${games} CROSS JOIN (SELECT TRUE AS is_home UNION ALL SELECT FALSE) AS sides`,
    ],
    [
      `SELECT games.team ${games} CROSS JOIN ${other}`,
      `SELECT games.team ${games} WHERE games.team IN (SELECT other.team FROM ${other})`,
    ],
    [
      `SELECT games.team ${games} JOIN ${other} ON other.team = games.team OR other.site = games.site`,
      `SELECT games.team ${games} JOIN ${other} ON (other.team = games.team AND TRUE)`,
    ],
  ],
  refused: [
    [`SELECT team::STRING AS t ${games}`, `SELECT CAST(seconds AS STRING) AS t ${games}`],
    [`SELECT COUNT(*) FILTER (WHERE pts > 20) AS n ${games}`, `SELECT COUNTIF(pts > 20) AS n ${games}`],
    [`SELECT pts + 1 AS p, p + 1 AS q ${games}`, `SELECT pts + 1 AS p ${games}`],
    [`SELECT MEDIAN(pts) AS m ${games}`, `SELECT SUM(pts) AS m ${games}`],
    [
      `SELECT SUM(pts) OVER (ORDER BY game_date RANGE BETWEEN 7 PRECEDING AND 1 PRECEDING) AS p ${games}`,
      `SELECT SUM(pts) OVER (ORDER BY UNIX_DATE(game_date) RANGE BETWEEN 7 PRECEDING AND 1 PRECEDING) AS p ${games}`,
    ],
  ],
};

const cases = Object.entries(PLANTED).flatMap(([rule, pairs]) =>
  pairs.map(([bad, good]) => ({ rule, bad, good })),
);

describe.each(cases)("$rule", ({ rule, bad, good }) => {
  it(`finds ${bad}`, async () => {
    const findings = await lint(google, bad);
    expect(findings.map((finding) => finding.rule)).toContain(rule);
  });

  it(`lets ${good} pass`, async () => {
    expect(await lint(google, good)).toEqual([]);
  });
});

it("says on which line, and what to write instead", async () => {
  expect(await lint(google, `SELECT 'é' AS accent,\n  game_id,\n  ROUND(minutes, 1) AS m\n${games}`)).toEqual(
    [
      {
        rule: "function",
        where: "3: ROUND(minutes, 1) AS m",
        why: "engines round differently: FLOOR(x * 1e9 + 0.5e0) / 1e9",
      },
    ],
  );
});
