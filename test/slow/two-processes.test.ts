import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { type Contents, contentsOf, differences } from "../kills/contents.ts";
import { makeSmallWorld, type SmallWorld } from "../kills/small-world.ts";
import { type EventLine, eventsOf, finished, holderOf, Process } from "../two-processes/process.ts";

const folder = mkdtempSync(join(tmpdir(), "nba-backfill-two-"));
const warehouse = join(folder, "shared.duckdb");
const events = join(folder, "events.jsonl");
const built = join(folder, "built.duckdb");
let world: SmallWorld;
/** What a run that nobody disturbs makes of the world: five dates, in nine tables. */
let undisturbed: Contents;
const PLANNED = 45;

/** Every process of a test, so that none outlives it. */
let begun: Process[] = [];

function begin(line: string, env: Readonly<Record<string, string>> = {}): Process {
  const process = new Process(warehouse, line, env);
  begun.push(process);
  return process;
}

/** A run chunk by chunk that has committed some and has some to go, and that stands still. */
async function stoppedRun(): Promise<Process> {
  const run = begin(`run --chunk day --events ${events}`);
  await run.until(() => committed(eventsOf(events)) >= 3);
  return run.send("SIGSTOP");
}

function committed(lines: readonly EventLine[]): number {
  return lines
    .filter(({ type }) => type === "chunk-committed")
    .reduce((sum, { partitions }) => sum + partitions, 0);
}

function afresh(from: string | undefined): void {
  for (const suffix of ["", ".wal", ".state.sqlite", ".state.sqlite-wal", ".state.sqlite-shm", ".copy"]) {
    rmSync(`${warehouse}${suffix}`, { force: true });
  }
  rmSync(events, { force: true });
  if (from) copyFileSync(from, warehouse);
}

/** The warehouse was left so that a run completes it to what undisturbed ones come to. */
async function expectCompletable(): Promise<void> {
  const run = await finished(warehouse, "run");
  expect(run.code, run.stderr).toBe(0);
  expect(differences(await contentsOf(warehouse), undisturbed)).toEqual([]);
}

beforeAll(async () => {
  world = await makeSmallWorld(folder);
  afresh(world.halfBuilt);
  await finished(warehouse, "run");
  undisturbed = await contentsOf(warehouse);
  copyFileSync(warehouse, built);
});
afterEach(async () => {
  for (const process of begun) await process.send("SIGKILL").ended();
  begun = [];
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("while a run has the file", () => {
  let run: Process;
  let runId: string;
  beforeAll(async () => {
    afresh(world.halfBuilt);
    run = await stoppedRun();
    begun = [];
    runId = eventsOf(events)[0]!.run_id;
  });
  afterAll(() => run.send("SIGKILL").ended());

  const reading = [
    "status",
    "coverage",
    "coverage --year 2021 --only missing",
    "gaps",
    "plan",
    "plan --deep",
    "run --dry-run",
    "phase 4 --year 2021 --dry-run --skip-validation",
    "runs",
    "monitor",
    "monitor --year 2021",
    "job analytics/player_game_summary --status",
    "job analytics/player_game_summary --dry-run",
    "explain player_game_summary 2021-10-19",
  ];

  test.each(reading)("%s answers, and says what it has not read and why", async (line) => {
    const { code, stdout, stderr } = await finished(warehouse, line);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^recorded state as of \S+; actual tables not read because run /);
    expect(stdout).toContain(`run ${runId} (`);
    expect(stdout).toContain(`pid ${run.pid})`);
  });

  test.each(reading)("%s --json has it as not_read", async (line) => {
    const { code, stdout } = await finished(warehouse, `${line} --json`);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      not_read: {
        actual: expect.stringMatching(`^not read because run ${runId} .* holds the file$`),
        holder: { run_id: runId, command: "run", pid: run.pid },
      },
    });
  });

  test("nobody says that raw tables hold no games which the schedule lacks", async () => {
    for (const line of ["status", "monitor", "coverage", "gaps"]) {
      const { stdout } = await finished(warehouse, `${line} --json`);
      const alsoNull = ["coverage", "gaps"].includes(line) ? { not_derived: null, stray: null } : {};
      expect(JSON.parse(stdout)).toMatchObject({ unscheduled: null, ...alsoNull });
    }
  });

  test("coverage --csv stays CSV, and says it on stderr", async () => {
    const { code, stdout, stderr } = await finished(warehouse, "coverage --csv");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^processor,game_date,/);
    expect(stderr).toContain(`not read because run ${runId}`);
  });

  test("the validation before a dry run of phase 4 answers too", async () => {
    const { code, stdout } = await finished(warehouse, "phase 4 --year 2021 --dry-run");
    expect(code).toBe(0);
    expect(stdout).toContain(`run ${runId} (`);
  });

  test("runs and status count what is committed so far", async () => {
    const { runs } = JSON.parse((await finished(warehouse, "runs --json")).stdout) as { runs: object[] };
    const { by_state } = JSON.parse((await finished(warehouse, "status --json")).stdout) as {
      by_state: Record<string, number>;
    };
    const told = committed(eventsOf(events));
    // Stopped between a commit and its event, it has one more than it has told.
    const sofar = expect.toBeOneOf([told, told + 1]);
    expect(runs[0]).toMatchObject({ run_id: runId, status: "running", planned: PLANNED, complete: sofar });
    expect(JSON.parse((await finished(warehouse, `runs show ${runId} --json`)).stdout)).toMatchObject({
      status: "running",
      complete: sofar,
      not_read: { holder: { run_id: runId } },
    });
    expect(PLANNED - by_state.missing!).toEqual(sofar);
  });

  test.each([
    "run",
    "monitor --update",
    "phase 3 --year 2021",
    "phase 4 --year 2021",
    "job analytics/player_game_summary",
    "demo",
    "adopt",
    "check",
    "show player_game_summary 2021-10-19",
    "diff",
  ])("%s is refused with the holder's name", async (line) => {
    const { code, stdout, stderr } = await finished(warehouse, line);
    expect(code).toBe(4);
    expect(stderr).toMatch(
      new RegExp(`^nba-backfill: run ${runId} \\(.*, pid ${run.pid}\\) has held .* cancel'\n$`),
    );
    expect(stdout).toBe("");
  });

  test("so is ingest", async () => {
    const { code, stderr } = await finished(warehouse, `ingest ${world.files}`);
    expect(code).toBe(4);
    expect(stderr).toContain(`run ${runId} (`);
  });

  test("a run that is not under way cannot be cancelled", async () => {
    const { code, stderr } = await finished(warehouse, "cancel 20210101T000000-abcdef");
    expect(code).toBe(2);
    expect(stderr).toContain(`run ${runId} (`);
  });

  test("it goes on as if nobody had asked", async () => {
    expect(await run.send("SIGCONT").ended()).toBe(0);
    expect(differences(await contentsOf(warehouse), undisturbed)).toEqual([]);
  });
});

describe("two runs", () => {
  test("begun at once: one builds, the other is refused with its name", async () => {
    afresh(world.halfBuilt);
    const [first, second] = [begin("run --chunk day"), begin("run --chunk day")];
    await expect
      .poll(() => holderOf(warehouse)?.pid, { interval: 2, timeout: 60_000 })
      .toBeOneOf([first.pid, second.pid]);
    const firstWon = holderOf(warehouse)?.pid === first.pid;
    const [winner, loser] = firstWon ? [first, second] : [second, first];
    winner.send("SIGSTOP");
    expect(await loser.ended()).toBe(4);
    expect(loser.stderr).toMatch(new RegExp(`run .*\\(.*, pid ${winner.pid}\\) has held `));
    expect(loser.stdout).toBe("");
    expect(await winner.send("SIGCONT").ended()).toBe(0);
    const contents = await contentsOf(warehouse);
    expect(differences(contents, undisturbed)).toEqual([]);
    // One for the half that was built, one for the rest.
    expect(contents.runs).toHaveLength(2);
    expect(contents.runs[0]).toMatchObject({ status: "complete", complete: PLANNED });
  });

  test("so are two ingests into a warehouse that is not there yet", async () => {
    afresh(undefined);
    const line = `ingest ${world.files}`;
    const [first, second] = [begin(line), begin(line)];
    await expect
      .poll(() => holderOf(warehouse)?.pid, { interval: 2, timeout: 60_000 })
      .toBeOneOf([first.pid, second.pid]);
    const firstWon = holderOf(warehouse)?.pid === first.pid;
    const [winner, loser] = firstWon ? [first, second] : [second, first];
    winner.send("SIGSTOP");
    expect(await loser.ended()).toBe(4);
    expect(loser.stderr).toContain(`pid ${winner.pid}) has held `);
    expect(await winner.send("SIGCONT").ended()).toBe(0);
    const expected = await contentsOf(world.oneDateShort);
    expect(differences(await contentsOf(warehouse), expected)).toEqual([]);
  });

  test("one killed while it holds the lease: the next takes over, and says so", async () => {
    afresh(world.halfBuilt);
    const killed = await stoppedRun();
    const killedId = eventsOf(events)[0]!.run_id;
    expect(await killed.send("SIGKILL").ended()).toBe("SIGKILL");
    const told = committed(eventsOf(events));

    // Nobody writes: what the killed one has left is read from the warehouse itself, and its name is taken away.
    const listed = JSON.parse((await finished(warehouse, "runs --json")).stdout) as { runs: object[] };
    expect(listed).not.toHaveProperty("not_read");
    expect(listed.runs[0]).toMatchObject({
      run_id: killedId,
      status: "interrupted",
      complete: expect.toBeOneOf([told, told + 1]),
    });
    expect(holderOf(warehouse)).toBeUndefined();
    const cancel = await finished(warehouse, "cancel");
    expect(cancel).toMatchObject({ code: 2, stdout: "" });
    expect(cancel.stderr).toContain("no run is under way");

    rmSync(events);
    const next = await stoppedRun();
    const nextId = eventsOf(events)[0]!.run_id;
    expect(next.stderr).toContain(`run ${killedId} (`);
    expect(next.stderr).toContain("its lease is taken over");
    // During the takeover the side file, as the killed one left it, has been mended.
    const status = JSON.parse((await finished(warehouse, "status --json")).stdout) as object;
    expect(status).toMatchObject({ not_read: { holder: { run_id: nextId, pid: next.pid } } });
    const runs = JSON.parse((await finished(warehouse, "runs --json")).stdout) as { runs: object[] };
    expect(runs.runs.slice(0, 2)).toMatchObject([
      { run_id: nextId, status: "running" },
      { run_id: killedId, status: "interrupted" },
    ]);

    expect(await next.send("SIGCONT").ended()).toBe(0);
    const contents = await contentsOf(warehouse);
    expect(differences(contents, undisturbed)).toEqual([]);
    expect(contents.leaseHolder).toBe("");
    expect(contents.runs.map(({ status }) => status)).toEqual(["complete", "interrupted", "complete"]);
  });
});

test("a process that does not say who it is: what an earlier one told is shown as that", async () => {
  afresh(world.halfBuilt);
  await finished(warehouse, "run");
  // This process is the writer, as any other program might be.
  const writer = await DuckDbWarehouse.open({ path: warehouse, threads: 1 });
  const { code, stdout } = await finished(warehouse, "status --json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    not_read: { actual: "not read because another process holds the file", holder: null },
  });
  const cancel = await finished(warehouse, "cancel");
  expect(cancel.code).toBe(3);
  expect(cancel.stderr).toContain(`process ${process.pid} has ${warehouse} open and has not said`);
  await writer.close();
  expect(JSON.parse((await finished(warehouse, "status --json")).stdout)).not.toHaveProperty("not_read");
});

test("a run waits for a reader, and says so", async () => {
  afresh(world.halfBuilt);
  // This process is the reader.
  const reader = await DuckDbWarehouse.open({ path: warehouse, readOnly: true, threads: 1 });
  const run = begin("run");
  await run.until(() => run.stderr.includes(`waiting for process ${process.pid}`));
  await reader.close();
  expect(await run.ended()).toBe(0);
  expect(differences(await contentsOf(warehouse), undisturbed)).toEqual([]);
});

describe("stopping a run", () => {
  test("Ctrl-C once finishes the chunk, and a run goes on from there", async () => {
    afresh(world.halfBuilt);
    const run = await stoppedRun();
    const before = eventsOf(events);
    expect(await run.send("SIGINT").send("SIGCONT").ended()).toBe(130);
    const after = eventsOf(events);
    expect(committed(after) - committed(before)).toBeLessThanOrEqual(1);
    // Nothing is left half done: whatever was about to be committed was.
    expect(committed(after)).toBe(after.filter(({ type }) => type === "chunk-committing").length);
    const { committed: partitions, runs, leaseHolder } = await contentsOf(warehouse);
    expect([...partitions.values()].filter((by) => by.startsWith(before[0]!.run_id))).toHaveLength(
      committed(after),
    );
    expect(runs[0]).toMatchObject({ status: "interrupted", complete: committed(after) });
    expect(leaseHolder).toBe("");
    await expectCompletable();
  });

  test("twice aborts, and what was committed stays", async () => {
    afresh(world.halfBuilt);
    const run = await stoppedRun();
    // Two of one kind would be one while it stands still.
    expect(await run.send("SIGINT").send("SIGTERM").send("SIGCONT").ended()).toBe(130);
    expect(run.stderr).toContain("Aborting");
    const after = eventsOf(events);
    const { committed: partitions, runs, leaseHolder } = await contentsOf(warehouse);
    expect([...partitions.values()].filter((by) => by.startsWith(after[0]!.run_id))).toHaveLength(
      committed(after),
    );
    expect(runs[0]).toMatchObject({ status: "interrupted", complete: committed(after) });
    expect(leaseHolder).toBe("");
    await expectCompletable();
  });

  test.each([
    ["run", () => world.halfBuilt, "run --chunk day"],
    ["phase", () => world.halfBuilt, "phase 3 --year 2021"],
    ["job", () => built, "job analytics/upcoming_player_game_context --no-resume"],
    ["demo", () => undefined, "demo --stop-at-gaps"],
  ])("cancel stops a %s", async (command, from, line) => {
    afresh(from());
    const run = begin(line, { NBA_BACKFILL_CHUNK: "day" });
    await run.until(() => holderOf(warehouse)?.command === command);
    const cancel = await finished(warehouse, "cancel --json");
    expect(cancel.code, cancel.stderr).toBe(0);
    expect(JSON.parse(cancel.stdout)).toMatchObject({ cancel: "requested", holder: { pid: run.pid } });
    expect(await run.ended()).toBe(130);
    expect(run.stderr).toContain("Cancelled from outside");
    expect(holderOf(warehouse)).toBeUndefined();
    if (command !== "demo") await expectCompletable();
  });
});

describe("while an ingest has the file", () => {
  test("status answers from what was recorded before it, and its name goes when it is killed", async () => {
    afresh(world.oneDateShort);
    const before = JSON.parse((await finished(warehouse, "status --json")).stdout) as { by_state: object };
    const ingest = begin(`ingest ${world.lastDate}`);
    await ingest.until(() => ingest.stderr.includes("reading "));
    ingest.send("SIGSTOP");
    expect(JSON.parse((await finished(warehouse, "status --json")).stdout)).toMatchObject({
      by_state: before.by_state,
      not_read: { holder: { run_id: "", command: "ingest", pid: ingest.pid } },
    });
    const cancel = await finished(warehouse, "cancel");
    expect(cancel.code).toBe(2);
    expect(cancel.stderr).toContain("ingest (");
    expect(await ingest.send("SIGKILL").ended()).toBe("SIGKILL");
    expect(holderOf(warehouse)).toMatchObject({ command: "ingest" });
    expect(JSON.parse((await finished(warehouse, "status --json")).stdout)).not.toHaveProperty("not_read");
    expect(holderOf(warehouse)).toBeUndefined();
  });

  test("so it does of a warehouse that is just being made", async () => {
    afresh(undefined);
    const ingest = begin(`ingest ${world.files}`);
    await ingest.until(() => ingest.stderr.includes("reading "));
    ingest.send("SIGSTOP");
    expect(JSON.parse((await finished(warehouse, "status --json")).stdout)).toMatchObject({
      game_dates: 0,
      not_read: { holder: { command: "ingest" } },
    });
    expect(await ingest.send("SIGCONT").ended()).toBe(0);
    // 2021-10-19 to 2021-10-27, each with games.
    const { game_dates } = JSON.parse((await finished(warehouse, "status --json")).stdout) as {
      game_dates: number;
    };
    expect(game_dates).toBe(9);
  });
});
