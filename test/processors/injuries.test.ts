import { expect, test } from "vitest";
import { upcomingPlayerGameContext } from "../../src/processors/analytics/upcoming_player_game_context/processor.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { fixtureOf } from "./small-league.ts";

// NYK @ BOS tips off at 00:30 UTC of the next day, DEN @ LAL at 03:00; MIA and, in summer, UTA have no game.
const D = "2023-12-10";

async function read(reports: readonly Row[], sql: string): Promise<unknown[]> {
  await using fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [
    fixtureOf(D, "NYK @ BOS", { asof_cutoff_at: "2023-12-11T00:30:00Z" }),
    fixtureOf(D, "DEN @ LAL", { asof_cutoff_at: "2023-12-11T03:00:00Z" }),
    fixtureOf(D, "MIA @ CHI", { status: "postponed", asof_cutoff_at: "2023-12-11T02:00:00Z" }),
    fixtureOf("2023-06-10", "NYK @ BOS", { season_year: 2022 }),
  ]);
  await fixture.insert("nba_raw.injury_reports", reports);
  return (await fixture.select(upcomingPlayerGameContext, sql, "2023-06-10", D)).map((row) =>
    Object.values(row).join(" "),
  );
}

const report = (
  team: string,
  player_id: string,
  reported_at: string,
  status: string,
  more: Row = {},
): Row => ({
  game_date: D,
  team,
  player_id,
  reported_at,
  status,
  ...more,
});

test("the last row of each player before his team's cut-off", async () => {
  const reports = [
    report("BOS", "a", "2023-12-10T18:00:00Z", "questionable", { reason_category: "rest" }),
    report("BOS", "a", "2023-12-11T00:29:59Z", "out", { reason_category: "injury" }),
    report("BOS", "a", "2023-12-11T00:30:00Z", "available"),
    report("LAL", "b", "2023-12-11T00:30:00Z", "probable"),
    report("LAL", "", "2023-12-11T01:00:00Z", "not_submitted"),
    report("MIA", "c", "2023-12-10T10:00:00Z", "out"),
  ];
  expect(
    await read(
      reports,
      "SELECT team, player_id, status, reason_category FROM player_injuries ORDER BY team, player_id",
    ),
  ).toEqual(["BOS a out injury", "LAL b probable "]);
});

test("reports are known once any team has reported, unless this team's last row says it has not", async () => {
  const known = (...reports: Row[]) =>
    read(
      reports,
      `SELECT team FROM team_injury_reports WHERE injuries_known AND game_date = DATE '${D}' ORDER BY team`,
    );
  expect(await known()).toEqual([]);
  // Before BOS - NYK's cut-off: known for all four.
  expect(await known(report("DEN", "a", "2023-12-11T00:29:59Z", "out"))).toEqual([
    "BOS",
    "DEN",
    "LAL",
    "NYK",
  ]);
  // Too late for BOS and NYK, in time for DEN and LAL.
  expect(await known(report("DEN", "a", "2023-12-11T00:30:00Z", "out"))).toEqual(["DEN", "LAL"]);
  const silent = report("NYK", "", "2023-12-10T20:00:00Z", "not_submitted");
  expect(await known(silent)).toEqual(["BOS", "DEN", "LAL"]);
  expect(await known(silent, report("NYK", "a", "2023-12-10T21:00:00Z", "out"))).toEqual([
    "BOS",
    "DEN",
    "LAL",
    "NYK",
  ]);
  expect(await known(silent, report("NYK", "a", "2023-12-10T19:00:00Z", "out"))).toEqual([
    "BOS",
    "DEN",
    "LAL",
  ]);
});

test("a team without a fixture is cut at noon US-Eastern: 17:00 UTC in winter, 16:00 in summer", async () => {
  const summer = (reported_at: string, player_id: string) => ({
    ...report("UTA", player_id, reported_at, "out"),
    game_date: "2023-06-10",
  });
  expect(
    await read(
      [
        report("MIA", "before", "2023-12-10T16:59:59Z", "out"),
        report("MIA", "at", "2023-12-10T17:00:00Z", "out"),
        summer("2023-06-10T15:59:59Z", "before"),
        summer("2023-06-10T16:00:00Z", "at"),
      ],
      "SELECT team, player_id FROM injuries ORDER BY team",
    ),
  ).toEqual(["MIA before", "UTA before"]);
});
