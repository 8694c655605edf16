import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GameDate } from "../../../src/dates.ts";
import { teamOffenseGameSummary } from "../../../src/processors/analytics/team_offense_game_summary/processor.ts";
import type { Row } from "../../../src/warehouse/warehouse.ts";
import { Fixture } from "../../fixture.ts";
import { feedOf } from "./feed-of.ts";
import { ingestNbaCdn } from "./ingest-nba-cdn.ts";
import { documentsOf, documentsOfGame, type PlainGame } from "./plain-game.ts";

const season = "2025-26";
const home = { tricode: "BOS", score: 103 };
const away = { tricode: "LAL", score: 99 };

/** Loads the documents at noon of a day; all of it must fit and none be missed. Gives what was asked for. */
async function ingest(fixture: Fixture, documents: Record<string, unknown>, today: string) {
  const feed = feedOf(documents);
  const selection = { today: today as GameDate };
  const summary = await ingestNbaCdn(fixture.warehouse, feed, selection, {
    now: new Date(`${today}T17:00:00Z`),
  });
  const quarantined = summary.files.flatMap(({ tables }) => tables.map((table) => table.quarantined));
  expect(Math.max(...quarantined)).toBe(0);
  expect(summary).toMatchObject({ failedDocuments: 0, skippedFiles: [] });
  return feed.asked;
}

async function scheduleOf(fixture: Fixture): Promise<Map<unknown, Row>> {
  const rows = await fixture.warehouse.read(
    `SELECT game_id, season_type, CAST(game_date AS STRING) AS game_date, instant_key(tipoff_at) AS tipoff_at,
       asof_cutoff_kind, status, neutral_site, home_score FROM nba_raw.schedule ORDER BY game_id`,
  );
  return new Map(rows.map((row) => [row.game_id, row]));
}

describe("a schedule of odd games", () => {
  const games: readonly PlainGame[] = [
    {
      id: "0022500910",
      date: "2026-01-20",
      text: "Final/OT2",
      home: { tricode: "BOS", score: 112 },
      away: { tricode: "LAL", score: 110 },
      // 100 all after four quarters, 105 all after an overtime.
      periods: { home: [25, 25, 25, 25, 5, 7], away: [30, 30, 20, 20, 5, 5] },
    },
    // Moved to an earlier date, and listed on both.
    { id: "0022500912", date: "2026-01-10", home, away },
    { id: "0022500912", date: "2026-01-24", status: 1, text: "PPD", home, away },
    { id: "0022500913", date: "2026-02-24", status: 1, text: "7:00 pm ET", postponedStatus: "Y", home, away },
    { id: "0022500914", date: "2026-01-21", status: 1, text: "Cancelled", home, away },
    { id: "0022500915", date: "2026-01-22", status: 1, text: "Canceled ", home, away },
    { id: "0062500001", date: "2025-12-16", neutral: true, arena: "T-Mobile Arena", home, away },
    {
      id: "0032500001",
      date: "2026-02-15",
      home: { tricode: "EST", score: 180 },
      away: { tricode: "WST", score: 175 },
    },
    { id: "0012500001", date: "2025-10-02", home, away },
  ];
  let fixture: Fixture;
  let asked: readonly string[];
  let schedule: Map<unknown, Row>;

  beforeAll(async () => {
    fixture = await Fixture.open();
    asked = await ingest(fixture, documentsOf(season, games), "2026-02-16");
    schedule = await scheduleOf(fixture);
  });
  afterAll(() => fixture.warehouse.close());

  test("what is called off, to come or an exhibition is not asked for", () => {
    const of = (id: string) => [`boxscore_${id}.json`, `playbyplay_${id}.json`];
    expect(asked).toEqual([...of("0062500001"), ...of("0022500912"), ...of("0022500910")]);
  });

  test("two overtimes: minutes, points and periods of each", async () => {
    const where = "WHERE game_id = '0022500910'";
    expect(
      await fixture.warehouse.read(
        `SELECT team, minutes, overtime_points, overtime_periods, pts FROM nba_raw.team_boxscores ${where} ORDER BY team`,
      ),
    ).toEqual([
      // 240 and twice 25 minutes.
      { team: "BOS", minutes: 290, overtime_points: 12, overtime_periods: 2, pts: 112 },
      { team: "LAL", minutes: 290, overtime_points: 10, overtime_periods: 2, pts: 110 },
    ]);
    // 58 minutes.
    expect(
      await fixture.warehouse.read(`SELECT DISTINCT seconds, source FROM nba_raw.player_boxscores ${where}`),
    ).toEqual([{ seconds: 3480, source: "nba-cdn" }]);
    expect(await fixture.compute(teamOffenseGameSummary, "2026-01-20")).toMatchObject([
      { team: "BOS", overtime_periods: 2, margin: 2 },
      { team: "LAL", overtime_periods: 2, margin: -2 },
    ]);
  });

  test("a game on two dates is where it is not called off", () => {
    expect(schedule.get("0022500912")).toMatchObject({ game_date: "2026-01-10", status: "final" });
  });

  test("the flag for postponed games says nothing where the text has a time", () => {
    const tipoff_at = "2026-02-25T00:00:00Z";
    expect(schedule.get("0022500913")).toMatchObject({ status: "scheduled", tipoff_at, home_score: null });
  });

  test("cancelled in either spelling", () => {
    for (const id of ["0022500914", "0022500915"]) {
      expect(schedule.get(id)).toMatchObject({ status: "cancelled", home_score: null });
    }
  });

  test("the Cup final counts and is at a neutral site; exhibitions stand in the schedule alone", async () => {
    expect(schedule.get("0012500001")).toMatchObject({ season_type: "preseason" });
    expect(schedule.get("0032500001")).toMatchObject({ season_type: "all_star" });
    expect(schedule.get("0062500001")).toMatchObject({ season_type: "cup_final", neutral_site: true });
    const rows = await fixture.compute(teamOffenseGameSummary, "2025-12-16", "2026-02-15");
    expect(rows.map(({ team, site, season_type }) => [team, site, season_type])).toEqual([
      ["BOS", "neutral", "cup_final"],
      ["LAL", "neutral", "cup_final"],
    ]);
  });
});

test("a postponed game's makeup takes its place, rows and all", async () => {
  const id = "0022500911";
  const off: PlainGame = { id, date: "2026-01-24", status: 1, text: "PPD", home, away };
  const makeup: PlainGame = { id, date: "2026-02-10", home, away };
  await using fixture = await Fixture.open();
  expect(await ingest(fixture, documentsOf(season, [off]), "2026-01-25")).toEqual([]);
  const postponed = { game_date: "2026-01-24", status: "postponed", home_score: null };
  expect((await scheduleOf(fixture)).get(id)).toMatchObject(postponed);
  await ingest(fixture, { ...documentsOf(season, [off, makeup]), ...documentsOfGame(makeup) }, "2026-02-11");
  const played = { game_date: "2026-02-10", status: "final", home_score: 103 };
  expect((await scheduleOf(fixture)).get(id)).toMatchObject(played);
  expect(
    await fixture.warehouse.read(
      "SELECT DISTINCT CAST(game_date AS STRING) AS game_date FROM nba_raw.player_boxscores",
    ),
  ).toEqual([{ game_date: "2026-02-10" }]);
});

test("playoffs: no row without teams, no tip-off while it is to be determined, none for what was not needed", async () => {
  const tbd = (id: string, date: string): PlainGame => ({ id, date, status: 1, text: "TBD", home, away });
  const before = [
    tbd("0042500104", "2026-04-26"),
    { ...tbd("0042500105", "2026-04-29"), text: "TBD " },
    { ...tbd("0042500201", "2026-05-05"), home: { tricode: "" }, away: { tricode: null } },
  ];
  await using fixture = await Fixture.open();
  await ingest(fixture, documentsOf(season, before), "2026-04-20");
  const open = { season_type: "playoffs", status: "scheduled", tipoff_at: null, asof_cutoff_kind: "noon" };
  expect([...(await scheduleOf(fixture)).values()]).toMatchObject([
    { game_id: "0042500104", ...open },
    { game_id: "0042500105", ...open },
  ]);

  // The schedule of the next season says nothing of this one.
  const next: PlainGame = { ...tbd("0022600001", "2026-10-20"), text: "7:00 pm ET" };
  await ingest(fixture, documentsOf("2026-27", [next]), "2026-04-20");
  expect((await scheduleOf(fixture)).get("0042500105")).toMatchObject(open);

  // Four games were enough: the feed's schedule has the fifth no more.
  const won: PlainGame = { id: "0042500104", date: "2026-04-26", home, away, tipoff: "2026-04-26T20:00:00Z" };
  await ingest(fixture, documentsOf(season, [won]), "2026-04-30");
  const schedule = await scheduleOf(fixture);
  expect(schedule.get("0042500104")).toMatchObject({ status: "final", tipoff_at: "2026-04-26T20:00:00Z" });
  expect(schedule.get("0042500105")).toMatchObject({ status: "cancelled", game_date: "2026-04-29" });
});

test.each([
  [1, 1, "refused"],
  [25, 24, "loads"],
  [26, 25, "refused"],
])("of %i games to come the schedule lacks %i: it %s", async (known, lacks, outcome) => {
  const games = Array.from({ length: known }, (_, index): PlainGame => {
    const id = `00425${String(index + 101).padStart(5, "0")}`;
    return { id, date: "2026-04-26", status: 1, text: "TBD", home, away };
  });
  await using fixture = await Fixture.open();
  await ingest(fixture, documentsOf(season, games), "2026-04-20");
  const shorter = ingest(fixture, documentsOf(season, games.slice(lacks)), "2026-04-21");
  if (outcome === "loads") await shorter;
  else {
    const message = expect.stringMatching(`not whole: it lacks ${lacks} games`);
    await expect(shorter).rejects.toMatchObject({ code: "feed-unavailable", message });
  }
  const cancelled = [...(await scheduleOf(fixture)).values()].filter(({ status }) => status === "cancelled");
  expect(cancelled).toHaveLength(outcome === "loads" ? lacks : 0);
});

test("a box score that is under way: no rows yet, and a fault only where the schedule says that the game is over", async () => {
  const late: PlainGame = { id: "0022500920", date: "2026-01-20", home, away };
  const tonight: PlainGame = { id: "0022500921", date: "2026-01-21", status: 2, text: "Q3 5:12", home, away };
  const documents = documentsOf(season, [late, tonight]);
  for (const { id, date } of [late, tonight]) {
    Object.assign(documents, documentsOfGame({ id, date, status: 2, home, away }));
  }
  await using fixture = await Fixture.open();
  const summary = await ingestNbaCdn(
    fixture.warehouse,
    feedOf(documents),
    { today: "2026-01-21" as GameDate },
    { now: new Date("2026-01-22T02:00:00Z") },
  );
  expect(summary.failedDocuments).toBe(1);
  expect(summary.skippedFiles).toEqual([
    { file: "boxscore_0022500920.json", reason: "not final yet, but the game is over" },
    { file: "boxscore_0022500921.json", reason: "not final yet" },
  ]);
  expect(await fixture.warehouse.read("SELECT * FROM nba_raw.player_boxscores")).toEqual([]);
});
