import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import { planBackfill } from "../../src/plan/plan.ts";
import { leftBehind } from "../../src/progress/lease.ts";
import type { PartitionRecord } from "../../src/progress/partition.ts";
import { readRuns } from "../../src/progress/runs.ts";
import type { RunEvent } from "../../src/run/events.ts";
import { recordIngest } from "../../src/run/look.ts";
import { executeRun, type RunResult } from "../../src/run/run.ts";
import type { Fixture } from "../fixture.ts";
import { contentOf, leagueWarehouse, worldOf } from "../run/league-runs.ts";

/** A regular date in the middle of the second season. */
const BAD = "2022-11-21" as GameDate;
const now = "2023-03-01T12:00:00Z";

interface Lived {
  readonly result: RunResult;
  readonly events: readonly RunEvent[];
  readonly waits: readonly number[];
}

let runs = 0;

async function run(fixture: Fixture, failFast = false, events: RunEvent[] = []): Promise<Lived> {
  const world = await worldOf(fixture);
  const plan = planBackfill(world, {}, { chunk: "all", force: false });
  const waits: number[] = [];
  const result = await executeRun(
    fixture.warehouse,
    world,
    plan,
    { claim: { runId: `run-${++runs}`, host: "host", pid: 1 }, command: "run", selection: "{}", failFast },
    {
      now: () => new Date(now),
      elapsedMs: () => performance.now(),
      sleep: async (milliseconds) => void waits.push(milliseconds),
      onEvent: (event) => void events.push(event),
      stop: new AbortController().signal,
    },
  );
  return { result, events, waits };
}

/** Lines of one date that no INT64 of half points can hold: DuckDB's own Conversion Error. */
async function spoil({ warehouse }: Fixture): Promise<void> {
  await warehouse.execute("CREATE TEMP TABLE sound AS SELECT * FROM nba_raw.player_props");
  await warehouse.execute(`UPDATE nba_raw.player_props SET line = 1e300 WHERE game_date = DATE '${BAD}'`);
  await recordIngest(warehouse, now);
}

async function mend({ warehouse }: Fixture): Promise<void> {
  await warehouse.execute("DELETE FROM nba_raw.player_props");
  await warehouse.execute("INSERT INTO nba_raw.player_props SELECT * FROM sound");
  await recordIngest(warehouse, now);
}

let undisturbed: readonly string[];
let normal: readonly PartitionRecord[];
beforeAll(async () => {
  await using fixture = await leagueWarehouse();
  normal = (await run(fixture)).result.records;
  undisturbed = await contentOf(fixture);
});

test("a value that breaks the statement leaves its date alone with it: the rest commits, what needs it waits", async () => {
  await using fixture = await leagueWarehouse();
  await spoil(fixture);
  const { result, events } = await run(fixture);
  expect(result.status).toBe("partial");
  expect(result.notStarted).toBe(0);

  // Two statements read the lines of their own date: two failures. Two processors read the second of them on the same
  // date, and one of these the other: blocked, each naming what it waits for.
  const open = result.records.filter(
    ({ game_date, status }) => game_date === BAD && !/^complete/.test(status),
  );
  expect(open.map(({ processor, status, reason_detail }) => [processor, status, reason_detail])).toEqual([
    ["player_game_summary", "failed", null],
    ["upcoming_player_game_context", "failed", null],
    ["player_composite_factors", "blocked", '{"processors":["upcoming_player_game_context"]}'],
    [
      "ml_feature_store",
      "blocked",
      '{"processors":["upcoming_player_game_context","player_composite_factors"]}',
    ],
  ]);
  expect(open[0]!.error).toMatch(/^Conversion Error: .*out of range/);

  // Every chunk that failed had the date in it, each half the one before, the last nothing else.
  for (const processor of ["player_game_summary", "upcoming_player_game_context"]) {
    const failed = events.filter((event) => event.type === "chunk-failed" && event.processor === processor);
    expect(failed.length).toBeGreaterThan(1);
    for (const event of failed) expect(event).toSatisfy(({ first, last }) => first <= BAD && BAD <= last);
    expect(failed.at(-1)).toMatchObject({ first: BAD, last: BAD });
  }

  // What the date's failure cannot reach is as in an undisturbed run, row by row.
  const content = await contentOf(fixture);
  const early = (row: string) => /\d{4}-\d\d-\d\d/.exec(row)![0] < BAD;
  expect(content.filter(early)).toEqual(undisturbed.filter(early));
  const ofTeams = (row: string) => /\bteam_(offense|defense)_game_summary\b/.test(row);
  expect(content.filter(ofTeams)).toEqual(undisturbed.filter(ofTeams));

  // The next date is built with the hole named, game by game.
  const games = await fixture.warehouse.read<{ game_id: string }>(
    `SELECT game_id FROM nba_raw.schedule WHERE game_date = DATE '${BAD}' AND status = 'final'`,
  );
  const next = ({ processor, game_date }: PartitionRecord) =>
    processor === "upcoming_player_game_context" && game_date > BAD;
  const [before, after] = [normal.find(next)!, result.records.find(next)!];
  expect(after).toMatchObject({ status: "complete_with_exceptions", reason: "window_hole" });
  // A game without box scores is a hole in either case.
  const lost = games.filter(({ game_id }) => !before.reason_detail?.includes(`"${game_id}"`));
  expect(lost.length).toBeGreaterThan(0);
  for (const { game_id } of lost) expect(after.reason_detail).toContain(`"${game_id}"`);

  await mend(fixture);
  const { result: mended } = await run(fixture);
  expect(await contentOf(fixture)).toEqual(undisturbed);
  const again = mended.records.filter(({ game_date }) => game_date === BAD);
  expect(again.find(({ processor }) => processor === "player_game_summary")).toMatchObject({ attempt: 2 });
});

test("--fail-fast begins no further chunk after a failure", async () => {
  await using fixture = await leagueWarehouse();
  await spoil(fixture);
  const { result } = await run(fixture, true);
  // The first step is player_game_summary: its chunk is finished, halved as ever, and nothing comes after it.
  const built = new Set(result.records.map(({ processor }) => processor));
  expect([...built]).toEqual(["player_game_summary"]);
  expect(result.records.filter(({ status }) => status === "failed")).toHaveLength(1);
  expect(result.records.length + result.notStarted).toBe(result.planned);
  expect(result.status).toBe("partial");
});

const conflict = new Error("TransactionContext Error: Failed to commit: Input/output error");

test("a fault that passes is waited out, longer each time, and leaves no trace in the tables", async () => {
  await using fixture = await leagueWarehouse();
  const stage = vi.spyOn(fixture.warehouse, "stage").mockRejectedValueOnce(conflict);
  stage.mockRejectedValueOnce(conflict);
  const { result, events, waits } = await run(fixture);
  expect(waits).toEqual([200, 1000]);
  expect(events.filter(({ type }) => type === "chunk-retried")).toMatchObject([
    { processor: "player_game_summary", error: conflict.message, waitMs: 200 },
    { processor: "player_game_summary", error: conflict.message, waitMs: 1000 },
  ]);
  expect(result.records.some(({ status }) => status === "failed")).toBe(false);
  expect(await contentOf(fixture)).toEqual(undisturbed);
});

test.for([
  ["a fault that stays is waited for three times", conflict, [200, 1000, 5000]],
  ["a full disk is not waited for", new Error("IO Error: Could not write file: No space left on device"), []],
] as const)("%s; the run says what stopped it, and gives the lease back", async ([, fault, expected]) => {
  await using fixture = await leagueWarehouse();
  const { stage } = fixture.warehouse;
  const spy = vi.spyOn(fixture.warehouse, "stage");
  onTestFinished(() => spy.mockRestore());
  spy.mockImplementation((table, ...rest) =>
    // The third step; two have passed by then.
    table.name === "team_defense_game_summary"
      ? Promise.reject(fault)
      : stage.call(fixture.warehouse, table, ...rest),
  );
  const events: RunEvent[] = [];
  await expect(run(fixture, false, events)).rejects.toThrow(fault);
  const waits = events.filter((event) => event.type === "chunk-retried").map(({ waitMs }) => waitMs);
  expect(waits).toEqual(expected);
  const [record] = await readRuns(fixture.warehouse);
  expect(record).toMatchObject({ status: "failed", exit_code: 3, error: fault.message });
  expect(record!.complete).toBeGreaterThan(0);
  expect(await leftBehind(fixture.warehouse)).toBeUndefined();

  spy.mockRestore();
  const { result } = await run(fixture);
  const twice = ["player_game_summary", "team_offense_game_summary"];
  expect(result.records.filter(({ processor }) => twice.includes(processor))).toEqual([]);
  expect(await contentOf(fixture)).toEqual(undisturbed);
});

test("a chunk too large for the memory is halved", async () => {
  await using fixture = await leagueWarehouse();
  const { stage } = fixture.warehouse;
  const sizes: number[] = [];
  vi.spyOn(fixture.warehouse, "stage").mockImplementation((table, statement, ...rest) => {
    const dates = /UNNEST\(\[(.*?)\]\)/.exec(statement)![1]!.split(",").length;
    if (table.name === "player_game_summary") sizes.push(dates);
    return dates > 20
      ? Promise.reject(new Error("Out of Memory Error: failed to allocate data of size 16.0 KiB"))
      : stage.call(fixture.warehouse, table, statement, ...rest);
  });
  const { result } = await run(fixture);
  expect(result.status).toBe("partial"); // The league's own broken games, as without.
  expect(Math.max(...sizes)).toBeGreaterThan(20);
  expect(await contentOf(fixture)).toEqual(undisturbed);
});

test("a date too large for the memory by itself has failed, the others are built", async () => {
  await using fixture = await leagueWarehouse();
  const { stage } = fixture.warehouse;
  const tooLarge = new Error("Out of Memory Error: failed to allocate data of size 16.0 KiB");
  const spy = vi.spyOn(fixture.warehouse, "stage");
  spy.mockImplementation((table, statement, ...rest) =>
    table.name === "team_defense_zone_analysis" && statement.includes(`'${BAD}'`)
      ? Promise.reject(tooLarge)
      : stage.call(fixture.warehouse, table, statement, ...rest),
  );
  const { result } = await run(fixture);
  const failed = result.records.filter(({ status }) => status === "failed");
  expect(failed).toMatchObject([
    { processor: "team_defense_zone_analysis", game_date: BAD, error: tooLarge.message },
  ]);
  expect(result).toMatchObject({ status: "partial", notStarted: 0 });
  spy.mockRestore();
  await run(fixture);
  expect(await contentOf(fixture)).toEqual(undisturbed);
});
