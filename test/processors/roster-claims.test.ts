import { expect, test } from "vitest";
import { easternDate } from "../../src/dates.ts";
import { playerShotZoneAnalysis } from "../../src/processors/precompute/player_shot_zone_analysis/processor.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { listing } from "./player-games.ts";
import { finalOf, fixtureOf } from "./small-league.ts";

// BOS and NYK meet on D at 00:30 UTC of the next day; MIA has no game, so its day ends at noon, 17:00 UTC in winter.
const D = "2023-12-10";
const TONIGHT = `${D} NYK @ BOS`;
const BEFORE = "2023-12-11T00:29:59Z";
const AT_TIP_OFF = "2023-12-11T00:30:00Z";

const last = finalOf("2023-12-05", "BOS 90 @ MIA 100");
const listed = [listing(last, "BOS", "b"), listing(last, "MIA", "m")];

async function teamOf(player: string, more: Readonly<Record<string, readonly Row[]>>): Promise<string> {
  await using fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [
    last,
    fixtureOf(D, "NYK @ BOS", { asof_cutoff_at: AT_TIP_OFF, asof_cutoff_kind: "tipoff" }),
  ]);
  await fixture.insert("nba_analytics.player_game_summary", listed);
  for (const [table, rows] of Object.entries(more)) await fixture.insert(table, rows);
  const rows = await fixture.select<{ team: string }>(
    playerShotZoneAnalysis,
    `SELECT team FROM roster WHERE player_id = '${player}' ORDER BY team`,
    D,
  );
  return rows.map((row) => row.team).join(" ") || "nobody's";
}

const snapshot = (team: string, player_id: string, as_of_at: string): Row => ({
  team,
  player_id,
  as_of_at,
  as_of_date: easternDate(new Date(as_of_at)),
});
const injury = (team: string, player_id: string, reported_at: string, status = "out"): Row => ({
  game_date: D,
  team,
  player_id,
  reported_at,
  status,
});
const prop = (player_id: string, snapshot_at: string, more: Row = {}): Row => ({
  game_id: TONIGHT,
  game_date: D,
  player_id,
  bookmaker: "book",
  market: "threes",
  snapshot_key: snapshot_at,
  snapshot_at,
  snapshot_kind: "timed",
  line: 1.5,
  ...more,
});

test("listings alone", async () => {
  expect(await teamOf("b", {})).toBe("BOS");
  expect(await teamOf("x", {})).toBe("nobody's");
});

test("a roster snapshot counts for 10 days, the team's latest before its cut-off alone", async () => {
  const rosters = (...rows: Row[]) => ({ "nba_raw.rosters": rows });
  expect(await teamOf("x", rosters(snapshot("NYK", "x", "2023-11-30T12:00:00Z")))).toBe("NYK");
  expect(await teamOf("x", rosters(snapshot("NYK", "x", "2023-11-29T12:00:00Z")))).toBe("nobody's");
  expect(await teamOf("x", rosters(snapshot("NYK", "x", BEFORE)))).toBe("NYK");
  expect(await teamOf("x", rosters(snapshot("NYK", "x", AT_TIP_OFF)))).toBe("nobody's");
  expect(
    await teamOf(
      "x",
      rosters(snapshot("NYK", "x", "2023-12-06T12:00:00Z"), snapshot("NYK", "y", "2023-12-08T12:00:00Z")),
    ),
  ).toBe("nobody's");
  // MIA without a fixture: before noon, and at noon.
  expect(await teamOf("x", rosters(snapshot("MIA", "x", `${D}T16:59:59Z`)))).toBe("MIA");
  expect(await teamOf("x", rosters(snapshot("MIA", "x", `${D}T17:00:00Z`)))).toBe("nobody's");
});

test("a snapshot moves a player only if it is dated after his latest listing", async () => {
  const onThe = (day: string) => ({ "nba_raw.rosters": [snapshot("NYK", "b", `2023-12-${day}T23:00:00Z`)] });
  expect(await teamOf("b", onThe("05"))).toBe("BOS");
  expect(await teamOf("b", onThe("06"))).toBe("NYK");
});

test("an injury row before its team's cut-off names a member, whatever it reports", async () => {
  const reports = (...rows: Row[]) => ({ "nba_raw.injury_reports": rows });
  expect(await teamOf("x", reports(injury("NYK", "x", BEFORE, "available")))).toBe("NYK");
  expect(await teamOf("x", reports(injury("NYK", "x", AT_TIP_OFF)))).toBe("nobody's");
  expect(await teamOf("", reports(injury("NYK", "", BEFORE, "not_submitted")))).toBe("nobody's");
  expect(await teamOf("m", reports(injury("MIA", "m", BEFORE)))).toBe("MIA");
});

test("a prop of any market before the cut-off does so too; without a team, only where his team plays", async () => {
  const props = (...rows: Row[]) => ({ "nba_raw.player_props": rows });
  expect(await teamOf("x", props(prop("x", BEFORE, { team: "NYK" })))).toBe("NYK");
  expect(await teamOf("x", props(prop("x", AT_TIP_OFF, { team: "NYK" })))).toBe("nobody's");
  expect(
    await teamOf("x", props(prop("x", BEFORE, { team: "NYK", snapshot_kind: "closing_unknown_time" }))),
  ).toBe("nobody's");
  expect(await teamOf("x", props(prop("x", BEFORE)))).toBe("nobody's");
  expect(await teamOf("m", props(prop("m", BEFORE)))).toBe("MIA");
  expect(await teamOf("b", props(prop("b", BEFORE)))).toBe("BOS");
});

test("a prop without a team goes by the last season's listing where there is none of this one", async () => {
  const old = finalOf("2023-04-01", "BOS 90 @ MIA 100");
  // Five games have gone by, and 60 seconds make no member: without the prop he is nobody's.
  const games = ["01", "02", "03", "04"].map((day) => finalOf(`2023-11-${day}`, "BOS 90 @ MIA 100"));
  const played = {
    "nba_raw.schedule": [old, ...games],
    "nba_analytics.player_game_summary": [
      listing(old, "BOS", "x", { seconds: 60 }),
      ...games.map((game) => listing(game, "BOS", "b")),
    ],
  };
  expect(await teamOf("x", played)).toBe("nobody's");
  expect(await teamOf("x", { ...played, "nba_raw.player_props": [prop("x", BEFORE)] })).toBe("BOS");
});

test("snapshot before the latest injury or prop row before listing", async () => {
  const traded = {
    "nba_raw.injury_reports": [injury("NYK", "b", "2023-12-10T12:00:00Z")],
    "nba_raw.player_props": [prop("b", "2023-12-10T11:00:00Z", { team: "BOS" })],
  };
  expect(await teamOf("b", traded)).toBe("NYK");
  expect(
    await teamOf("b", {
      ...traded,
      "nba_raw.player_props": [prop("b", "2023-12-10T13:00:00Z", { team: "BOS" })],
    }),
  ).toBe("BOS");
  expect(
    await teamOf("b", { ...traded, "nba_raw.rosters": [snapshot("MIA", "b", "2023-12-07T12:00:00Z")] }),
  ).toBe("MIA");
});
