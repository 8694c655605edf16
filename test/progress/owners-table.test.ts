import { expect, test } from "vitest";
import { coverageOf } from "../../src/coverage/history.ts";
import type { GameDate } from "../../src/dates.ts";
import { BackfillError } from "../../src/errors.ts";
import { planBackfill } from "../../src/plan/plan.ts";
import type { Selection } from "../../src/plan/selection.ts";
import { PROCESSOR_NAMES, type Processor, type ProcessorName } from "../../src/processors/processor.ts";
import { DONE } from "../../src/progress/partition.ts";
import { readRuns } from "../../src/progress/runs.ts";
import type { RunEvent } from "../../src/run/events.ts";
import { keepProgress } from "../../src/run/keep-progress.ts";
import { recordIngest } from "../../src/run/look.ts";
import { executeRun } from "../../src/run/run.ts";
import { readWorld } from "../../src/run/world.ts";
import type { Fixture } from "../fixture.ts";
import { unchecked } from "../run/league-runs.ts";
import { afterPlayers, type Dates, later } from "../staleness/after-players.ts";
import { handWorkedLeague, SEASONS, SOURCE } from "../staleness/hand-worked-league.ts";

/** What nba_backfill.backfill_progress says while runs and ingests go on, on ten dates at the edges of windows. */
const today = "2023-06-03" as GameDate;
const now = "2023-06-03T12:00:00Z";

const every = Object.values(SEASONS).flat();
interface Part {
  readonly selection?: Selection;
  readonly force?: boolean;
  readonly processors?: readonly Processor[];
  readonly onEvent?: (event: RunEvent) => void;
}

async function run({ warehouse }: Fixture, part: Part = {}) {
  const { selection = {}, force = false, processors = unchecked, onEvent = () => undefined } = part;
  const world = await readWorld(warehouse, processors, { today, deep: true });
  return executeRun(
    warehouse,
    world,
    planBackfill(world, selection, { chunk: "all", force }),
    { claim: { runId: "run", host: "host", pid: 1 }, command: "run", selection: "{}" },
    {
      now: () => new Date(now),
      elapsedMs: () => 0,
      sleep: async () => undefined,
      stop: new AbortController().signal,
      onEvent,
    },
  );
}

/** A run that ends without a word after the commit of a processor, as a kill would end it. */
async function killedAfter(fixture: Fixture, name: ProcessorName, part: Part = {}): Promise<void> {
  const onEvent = (event: RunEvent) => {
    if (event.type === "chunk-committed" && event.processor === name) {
      throw new BackfillError("interrupted", "killed");
    }
  };
  await expect(run(fixture, { ...part, onEvent })).rejects.toThrow("killed");
}

/** Dates on which the table says that a processor is not done; asserts that the phases say the same. */
async function notDone({ warehouse }: Fixture): Promise<Dates> {
  const rows = await warehouse.read<Record<string, string | boolean>>(
    `SELECT game_date, ${PROCESSOR_NAMES.join(", ")}, phase3_complete, phase4_complete,
       phase3_completed_at IS NOT NULL AS phase3_ended, phase4_completed_at IS NOT NULL AS phase4_ended
     FROM nba_backfill.backfill_progress ORDER BY game_date`,
  );
  expect(rows.map(({ game_date }) => game_date)).toEqual(every);
  for (const row of rows) {
    const all = (names: readonly ProcessorName[]) => names.every((name) => row[name]);
    const phases = [all(PROCESSOR_NAMES.slice(0, 5)), all(PROCESSOR_NAMES.slice(5))];
    expect([row.phase3_complete, row.phase4_complete]).toEqual(phases);
    expect([row.phase3_ended, row.phase4_ended]).toEqual(phases);
  }
  return Object.fromEntries(
    PROCESSOR_NAMES.map(
      (name) => [name, rows.filter((row) => !row[name]).map((row) => String(row.game_date))] as const,
    ).filter(([, dates]) => dates.length > 0),
  );
}

/** The same as coverage finds it, looking into the tables. */
async function foundNotDone({ warehouse }: Fixture): Promise<Dates> {
  const coverage = coverageOf(await readWorld(warehouse, unchecked, { today, deep: true }));
  const found = Map.groupBy(
    coverage.filter(({ state }) => !DONE.includes(state)),
    ({ processor }) => processor,
  );
  return Object.fromEntries([...found].map(([name, of]) => [name, of.map(({ game_date }) => game_date)]));
}

async function built(): Promise<Fixture> {
  const fixture = await handWorkedLeague();
  expect((await run(fixture)).status).toBe("complete");
  expect(await notDone(fixture)).toEqual({});
  return fixture;
}

/** One player's turnovers of 2022-06-01, as a corrected file would have them. */
async function correct({ warehouse }: Fixture, turnovers: number): Promise<void> {
  await warehouse.transaction(async () => {
    await warehouse.execute(
      `UPDATE nba_raw.player_boxscores SET tov = ${turnovers} WHERE game_date = '${SOURCE}' AND player_id = '1'`,
    );
    await recordIngest(warehouse, now, unchecked);
  });
}

test("a correction: what it made stale is not done from the ingest on, and done again where the correction is taken back or built", async () => {
  await using fixture = await built();
  await correct(fixture, 3);
  expect(await notDone(fixture)).toEqual({ player_game_summary: [SOURCE], ...afterPlayers });
  await correct(fixture, 0);
  expect(await notDone(fixture)).toEqual({});
  await correct(fixture, 3);
  await run(fixture);
  expect(await notDone(fixture)).toEqual({});
});

test("a run of one processor after a correction leaves what reads it not done, killed or ended", async () => {
  await using fixture = await built();
  await correct(fixture, 3);
  const selection: Selection = { processors: ["player_game_summary"] };
  await killedAfter(fixture, "player_game_summary", { selection });
  expect(await notDone(fixture)).toEqual(afterPlayers);
  // What looks back on turnovers are a player's form and features, and on those of the season alone: the rest still holds.
  expect((await run(fixture, { selection })).planned).toBe(0);
  const form = ["upcoming_player_game_context", "player_composite_factors", "ml_feature_store"] as const;
  expect(await notDone(fixture)).toEqual(Object.fromEntries(form.map((name) => [name, later])));
  await run(fixture, { selection: { processors: [form[0]] } });
  expect(await notDone(fixture)).toEqual(Object.fromEntries(form.slice(1).map((name) => [name, later])));
  await run(fixture);
  expect(await notDone(fixture)).toEqual({});
});

test("what is built on something that is about to change is not done for that", async () => {
  await using fixture = await built();
  await correct(fixture, 3);
  const stale = { player_game_summary: [SOURCE], ...afterPlayers };
  const part = { selection: { processors: ["upcoming_player_game_context"] } as Selection, force: true };
  await killedAfter(fixture, "upcoming_player_game_context", part);
  expect(await notDone(fixture)).toEqual(stale);
  await run(fixture, part);
  expect(await notDone(fixture)).toEqual(stale);
});

test("a summary built late: what had been built without it is not done from that commit on", async () => {
  await using fixture = await handWorkedLeague();
  const dates = every.filter((date) => date !== SOURCE) as GameDate[];
  await run(fixture, { selection: { dates } });
  const unbuilt = Object.fromEntries(PROCESSOR_NAMES.map((name) => [name, [SOURCE]])) as Dates;
  expect(await notDone(fixture)).toEqual(unbuilt);
  const selection: Selection = { processors: ["player_game_summary"], dates: [SOURCE as GameDate] };
  await killedAfter(fixture, "player_game_summary", { selection });
  const { player_game_summary: _, ...others } = unbuilt;
  expect(await notDone(fixture)).toEqual({
    ...others,
    ...Object.fromEntries(Object.entries(afterPlayers).map(([name, of]) => [name, [SOURCE, ...of]])),
  });
  // Nothing more to do for this selection; what the killed run left is looked at all the same.
  await run(fixture, { selection });
  expect(await notDone(fixture)).toEqual(await foundNotDone(fixture));
});

test("built again with equal content, all stays done, at each commit and after", async () => {
  await using fixture = await built();
  await killedAfter(fixture, "team_defense_zone_analysis", { force: true });
  expect(await notDone(fixture)).toEqual({});
  await run(fixture, { force: true });
  expect(await notDone(fixture)).toEqual({});
});

test("a new version: what it made stale is not done from the start of a run that builds none of it", async () => {
  await using fixture = await built();
  const check = { name: "dated", severity: "block", sql: "game_date IS NOT NULL" } as const;
  const processors = unchecked.map((processor) =>
    processor.name === "team_defense_zone_analysis" ? { ...processor, rowChecks: [check] } : processor,
  );
  const stale = { player_composite_factors: every, ml_feature_store: every };
  const selection: Selection = { processors: ["team_offense_game_summary"] };
  await run(fixture, { processors, selection });
  expect(await notDone(fixture)).toEqual({ team_defense_zone_analysis: every, ...stale });
  // Killed with the zones built, the same as they were: nothing is left to build, and the next run says so.
  await killedAfter(fixture, "team_defense_zone_analysis", { processors });
  expect(await notDone(fixture)).toEqual(stale);
  expect((await run(fixture, { processors })).planned).toBe(0);
  expect(await notDone(fixture)).toEqual({});
});

test("rows deleted behind our back: not done from the next look on, whatever else is built or loaded", async () => {
  await using fixture = await built();
  await fixture.warehouse.execute(
    `DELETE FROM nba_precompute.team_defense_zone_analysis WHERE game_date = '${SOURCE}'`,
  );
  const lost: Dates = {
    team_defense_zone_analysis: [SOURCE],
    player_composite_factors: [SOURCE],
    ml_feature_store: [SOURCE],
  };
  await run(fixture, { selection: { processors: ["team_offense_game_summary"] }, force: true });
  expect(await notDone(fixture)).toEqual(lost);
  await correct(fixture, 0);
  expect(await notDone(fixture)).toEqual(lost);
  await run(fixture);
  expect(await notDone(fixture)).toEqual({});
});

test("how many turned out unchanged shows with the next commit of the run", async () => {
  await using fixture = await built();
  await correct(fixture, 3);
  const seen: number[] = [];
  const { transaction } = fixture.warehouse;
  fixture.warehouse.transaction = async (work) => {
    const result = await transaction.call(fixture.warehouse, work);
    seen.push((await readRuns(fixture.warehouse, "run"))[0]?.unchanged ?? 0);
    return result as never;
  };
  const { unchanged } = await run(fixture);
  // The teams' context holds on three dates; beside the three dates of the season that are built again, a player's
  // context holds on four, then shot zones on five, factors on four and features on four.
  expect([...new Set(seen)]).toEqual([0, 3 + 4, 3 + 4 + 5 + 4, 3 + 4 + 5 + 4 + 4]);
  expect(unchanged).toBe(20);
});

test("rows are counted as they are found, and as recorded again once they are mended", async () => {
  await using fixture = await handWorkedLeague();
  const { warehouse } = fixture;
  await run(fixture);
  const rows = async () =>
    (
      await warehouse.read<{ n: number }>(
        `SELECT team_offense_game_summary_rows AS n FROM nba_backfill.backfill_progress WHERE game_date = '${SOURCE}'`,
      )
    )[0]!.n;
  const recorded = await rows();
  expect(recorded % 2).toBe(0);
  await warehouse.execute(
    `DELETE FROM nba_analytics.team_offense_game_summary WHERE game_date = '${SOURCE}' AND team = 'BOS'`,
  );
  const world = await readWorld(warehouse, unchecked, { today, deep: true });
  await warehouse.transaction(() => keepProgress(warehouse, world, now));
  expect(await rows()).toBe(recorded - 1);
  await run(fixture);
  expect(await rows()).toBe(recorded);
});
