import { expect, test } from "vitest";
import { teamDefenseZoneAnalysis } from "../../src/processors/precompute/team_defense_zone_analysis/processor.ts";
import { readSql } from "../../src/statements/statement.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { bothTeams, defenseOf, finalOf, fixtureOf, offenseOf } from "./small-league.ts";

const D = "2023-11-10";

type Zone = readonly [fga: number, fgm: number];

/** What a team allowed from each zone, beside points, blocks and 100 possessions in 240 minutes. */
function allowed(
  points: number,
  blocks: number,
  zones?: readonly [Zone, Zone, Zone],
  method = "official",
): Row {
  const [paint, midRange, three] = zones ?? [];
  return {
    points_allowed: points,
    blocks,
    minutes: 240,
    possessions_e4: 1_000_000,
    opponent_possessions_e4: 1_000_000,
    opponent_paint_fga: paint?.[0] ?? null,
    opponent_paint_fgm: paint?.[1] ?? null,
    opponent_mid_range_fga: midRange?.[0] ?? null,
    opponent_mid_range_fgm: midRange?.[1] ?? null,
    opponent_three_fga: three?.[0] ?? null,
    opponent_three_fgm: three?.[1] ?? null,
    zone_method: zones ? method : null,
  };
}

const before = finalOf("2022-11-01", "BOS 90 @ NYK 110");
const playoffs = finalOf("2023-05-01", "BOS 90 @ NYK 110", { season_type: "playoffs" });
const elsewhere = finalOf("2022-11-01", "MIA 90 @ ORL 110");
const first = finalOf("2023-11-01", "NYK 90 @ BOS 110");
const byDistance = finalOf("2023-11-02", "NYK 100 @ BOS 110");
const hole = finalOf("2023-11-03", "NYK 120 @ BOS 110");

/** A season before, and three games of this one: with zones, with zones by distance only, and without summary. */
async function league(): Promise<Fixture> {
  const fixture = await Fixture.open();
  const games = [before, playoffs, elsewhere, first, byDistance, hole];
  await fixture.insert("nba_raw.schedule", [...games, fixtureOf(D, "NYK @ BOS"), fixtureOf(D, "DEN @ LAL")]);
  await fixture.insert(
    "nba_analytics.team_offense_game_summary",
    games.flatMap((game) => offenseOf(game)),
  );
  await fixture.insert("nba_analytics.team_defense_game_summary", [
    ...bothTeams(
      before,
      allowed(90, 5, [
        [60, 36],
        [0, 0],
        [40, 16],
      ]),
      allowed(
        110,
        5,
        [
          [40, 20],
          [20, 8],
          [40, 12],
        ],
        "xy",
      ),
    ),
    ...bothTeams(
      playoffs,
      allowed(90, 5, [
        [90, 90],
        [5, 5],
        [5, 5],
      ]),
      allowed(90, 5, [
        [90, 90],
        [5, 5],
        [5, 5],
      ]),
    ),
    ...bothTeams(
      first,
      allowed(90, 4, [
        [50, 30],
        [10, 4],
        [40, 10],
      ]),
      allowed(110, 5, [
        [40, 20],
        [20, 10],
        [40, 16],
      ]),
    ),
    ...bothTeams(
      byDistance,
      allowed(
        100,
        7,
        [
          [90, 90],
          [5, 5],
          [5, 5],
        ],
        "distance",
      ),
      allowed(
        110,
        5,
        [
          [90, 90],
          [5, 5],
          [5, 5],
        ],
        "distance",
      ),
    ),
  ]);
  return fixture;
}

async function compute(fixture: Fixture, ...dates: string[]): Promise<Map<unknown, Row>> {
  const rows = await fixture.compute(teamDefenseZoneAnalysis, ...(dates.length > 0 ? dates : [D]));
  return new Map(rows.filter((row) => row.game_date === D).map((row) => [row.team, row]));
}

test("a row for every team with a game this season or last, or tonight, as expected.sql says", async () => {
  await using fixture = await league();
  const rows = await fixture.compute(teamDefenseZoneAnalysis, "2023-11-01", D);
  const keys = rows.map(({ game_date, team }) => ({ game_date, team }));
  const teams = (...names: string[]) => names;
  expect(keys).toEqual([
    ...teams("BOS", "MIA", "NYK", "ORL").map((team) => ({ game_date: "2023-11-01", team })),
    ...teams("BOS", "DEN", "LAL", "MIA", "NYK", "ORL").map((team) => ({ game_date: D, team })),
  ]);
  const expected = await fixture.select(
    teamDefenseZoneAnalysis,
    `SELECT * FROM (${readSql("precompute/team_defense_zone_analysis/expected.sql")}\n) AS keys ORDER BY game_date, team`,
    "2023-11-01",
    D,
  );
  expect(keys).toEqual(expected);
});

test("the zones a team allowed, over its games that have zones", async () => {
  await using fixture = await league();
  expect((await compute(fixture)).get("BOS")).toMatchObject({
    season_year: 2023,
    // 30 of 50, 4 of 10, 10 of 40
    paint_pct_allowed_last_15: 0.6,
    mid_range_pct_allowed_last_15: 0.4,
    three_pct_allowed_last_15: 0.25,
    paint_share_allowed_last_15: 0.5,
    mid_range_share_allowed_last_15: 0.1,
    three_share_allowed_last_15: 0.4,
    paint_attempts_per_game_last_15: 50,
    mid_range_attempts_per_game_last_15: 10,
    three_attempts_per_game_last_15: 40,
    paint_points_per_game_last_15: 60,
    mid_range_points_per_game_last_15: 8,
    three_points_per_game_last_15: 30,
    // Over both games with a summary: 4 and 7 blocks, 90 and 100 points.
    blocks_per_game_last_15: 5.5,
    defensive_rating_last_15: 95,
    points_allowed_per_game_last_15: 95,
    pace_last_15: 100,
    games_in_sample: 2,
    games_with_zones: 1,
    window_games_expected: 3,
    window_games_found: 2,
    early_season: true,
    data_quality_tier: "low",
  });
});

test("estimates against the league", async () => {
  await using fixture = await league();
  const teams = await compute(fixture);
  // The season before has 2 team-games with zones in its regular season, so w = 150 / 2 = 75. Paint of both teams:
  // (30 + 20 + 75 x (20 + 36)) / (50 + 40 + 75 x (40 + 60)) = 4250 / 7590
  // mid-range (4 + 10 + 75 x 8) / (10 + 20 + 75 x 20) = 614 / 1530; three (10 + 16 + 75 x 28) / (80 + 75 x 80) = 2126 / 6080
  const league_pct = {
    league_paint_pct: 0.559947299,
    league_mid_range_pct: 0.40130719,
    league_three_pct: 0.349671053,
  };
  expect(teams.get("BOS")).toMatchObject({
    ...league_pct,
    // prior (20 + 3440 L) / (40 + 3440) = 0.559258250; (30 + 860 prior) / (50 + 860)
    paint_pct_allowed_estimate: 0.561496807,
    // prior (8 + 8000 L) / (20 + 8000) = 0.401303930; (4 + 2000 prior) / (10 + 2000)
    mid_range_pct_allowed_estimate: 0.401297443,
    // prior (12 + 11200 L) / (40 + 11200) = 0.349494287; (10 + 2800 prior) / (40 + 2800)
    three_pct_allowed_estimate: 0.348092959,
    paint_vs_league: 0.001549508,
    mid_range_vs_league: -0.000009747,
    three_vs_league: -0.001578093,
    strongest_zone: "three",
    weakest_zone: "paint",
    // League shares 7590, 1530 and 6080 of 15,200; (attempts + 1300 L) / (100 + 1300)
    paint_share_allowed_estimate: 0.499389098,
    mid_range_share_allowed_estimate: 0.100610902,
    three_share_allowed_estimate: 0.4,
    // Ratings have the season before of their own, MIA and ORL included: 100 x 400 / 400 = 100; this season
    // 640 points in 600 possessions: L = (64,000 + 150 / 4 x 40,000) / (600 + 150 / 4 x 400) = 100.256410256
    // prior (11,000 + 8200 L) / 8300 = 100.373802904; (31,000 + 1500 prior) / (300 + 1500) = 100.867057975
    defensive_rating_estimate: 100.867057975,
    pace_estimate: 100,
  });
  // No game with zones in either season: the league's rates, and the ties in the order of the zones.
  expect(teams.get("MIA")).toMatchObject({
    ...league_pct,
    paint_pct_allowed_last_15: null,
    paint_attempts_per_game_last_15: null,
    blocks_per_game_last_15: null,
    paint_pct_allowed_estimate: 0.559947299,
    paint_vs_league: 0,
    mid_range_vs_league: 0,
    three_vs_league: 0,
    strongest_zone: "paint",
    weakest_zone: "paint",
    paint_share_allowed_estimate: 0.499342105,
    games_in_sample: 0,
    games_with_zones: 0,
    window_games_expected: 0,
    data_quality_tier: "prior",
  });
});

test("without any zones everything of them is unknown", async () => {
  await using fixture = await league();
  await fixture.warehouse.execute(
    "UPDATE nba_analytics.team_defense_game_summary SET zone_method = 'distance' WHERE game_date IS NOT NULL",
  );
  expect((await compute(fixture)).get("BOS")).toMatchObject({
    paint_pct_allowed_last_15: null,
    league_paint_pct: null,
    paint_vs_league: null,
    paint_pct_allowed_estimate: null,
    three_share_allowed_estimate: null,
    strongest_zone: null,
    weakest_zone: null,
    defensive_rating_last_15: 95,
    games_in_sample: 2,
    games_with_zones: 0,
  });
});

test("a zone nobody shot from is neither the strongest nor the weakest", async () => {
  await using fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [first, fixtureOf(D, "NYK @ BOS")]);
  await fixture.insert(
    "nba_analytics.team_defense_game_summary",
    bothTeams(
      first,
      allowed(90, 4, [
        [50, 30],
        [0, 0],
        [40, 10],
      ]),
      allowed(110, 5, [
        [50, 20],
        [0, 0],
        [40, 20],
      ]),
    ),
  );
  const teams = await compute(fixture);
  expect(teams.get("BOS")).toMatchObject({
    mid_range_vs_league: null,
    strongest_zone: "three",
    weakest_zone: "paint",
  });
  expect(teams.get("NYK")).toMatchObject({
    mid_range_vs_league: null,
    strongest_zone: "paint",
    weakest_zone: "three",
  });
});

test("the window is the last 15 games", async () => {
  await using fixture = await Fixture.open();
  const games = Array.from({ length: 16 }, (_, n) =>
    finalOf(`2023-10-${n + 10}`, n === 0 ? "NYK 190 @ BOS 110" : "NYK 90 @ BOS 110"),
  );
  await fixture.insert("nba_raw.schedule", [...games, fixtureOf(D, "NYK @ BOS")]);
  await fixture.insert(
    "nba_analytics.team_offense_game_summary",
    games.flatMap((game) => offenseOf(game)),
  );
  await fixture.insert(
    "nba_analytics.team_defense_game_summary",
    games.flatMap((game, n) =>
      defenseOf(game, {
        ...allowed(0, n === 0 ? 30 : 5, [
          [40, n === 0 ? 40 : 20],
          [10, 4],
          [30, 10],
        ]),
        points_allowed: game.away_score!,
      }),
    ),
  );
  expect((await compute(fixture)).get("BOS")).toMatchObject({
    paint_pct_allowed_last_15: 0.5,
    paint_points_per_game_last_15: 40,
    blocks_per_game_last_15: 5,
    points_allowed_per_game_last_15: 90,
    games_in_sample: 15,
    games_with_zones: 15,
    window_games_expected: 15,
    window_games_found: 15,
    early_season: false,
    data_quality_tier: "high",
  });
});

test("nothing of the date's games or later changes a row, nor do other dates of the same statement", async () => {
  await using fixture = await league();
  const hashes = (teams: Map<unknown, Row>) => [...teams.values()].map((row) => row.row_hash);
  const held = hashes(await compute(fixture));
  expect(hashes(await compute(fixture, "2022-11-01", "2023-11-01", D))).toEqual(held);
  await fixture.warehouse.execute(
    `UPDATE nba_raw.schedule SET status = 'final', home_score = 150, away_score = 50 WHERE game_date = DATE '${D}'`,
  );
  const later = finalOf("2023-11-11", "NYK 50 @ BOS 150");
  const played = [finalOf(D, "NYK 50 @ BOS 150"), finalOf(D, "DEN 50 @ LAL 150"), later];
  await fixture.insert("nba_raw.schedule", [later]);
  await fixture.insert(
    "nba_analytics.team_offense_game_summary",
    played.flatMap((game) => offenseOf(game)),
  );
  const zones = allowed(150, 9, [
    [90, 90],
    [5, 5],
    [5, 5],
  ]);
  await fixture.insert(
    "nba_analytics.team_defense_game_summary",
    played.flatMap((game) => bothTeams(game, zones, zones)),
  );
  expect(hashes(await compute(fixture))).toEqual(held);
  expect(hashes(await compute(fixture, "2023-11-01", D, "2023-11-11"))).toEqual(held);
});
