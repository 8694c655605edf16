import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TABLES, tableOf } from "../../src/tables.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { forgetHolder, readSideFile, requestCancel } from "../../src/warehouse/duckdb/recorded-state.ts";
import { SideFile, stampOf } from "../../src/warehouse/duckdb/side-file.ts";

const me = { command: "run", host: "here", pid: 4711 };
let folder: string;
let path: string;
let side: string;
/** The reasons told of failing to write. */
let failures: unknown[];
let now: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nba-backfill-side-file-"));
  path = join(folder, "w.duckdb");
  side = `${path}.state.sqlite`;
  failures = [];
  now = "2026-01-17T12:00:00.000Z";
});
afterEach(() => rmSync(folder, { recursive: true }));

function sideFile(stamp = ""): SideFile {
  const file = new SideFile(path, {
    now: () => new Date(now),
    onFailure: (error) => failures.push(error),
  });
  file.hold(me, stamp);
  return file;
}

/** What another process sees. */
async function seen() {
  const state = readSideFile(path);
  if (!state) return undefined;
  const runs = state.asOf === null ? [] : await state.reader.read("SELECT run_id FROM nba_backfill.runs");
  const { holder, asOf, inStep } = state;
  state.close();
  return { holder, asOf, inStep, runs: runs.map(({ run_id }) => run_id) };
}

/** A warehouse that shows its state in the side file. */
async function held(stamp?: string): Promise<{ warehouse: DuckDbWarehouse; file: SideFile }> {
  const warehouse = await DuckDbWarehouse.open({ path, threads: 1 });
  const file = sideFile(stamp);
  warehouse.showIn(file);
  await warehouse.createTables([...TABLES.values()].filter(({ id }) => /nba_backfill|schedule/.test(id)));
  return { warehouse, file };
}

async function close({ warehouse, file }: Awaited<ReturnType<typeof held>>): Promise<void> {
  file.release();
  await warehouse.close();
  file.close(stampOf(path));
}

function begin(warehouse: DuckDbWarehouse, runId: string): Promise<void> {
  return warehouse.replaceRows(tableOf("nba_backfill.runs"), [
    {
      run_id: runId,
      started_date: "2026-01-17",
      started_at: now,
      status: "running",
      command: "run",
      selection: "{}",
      planned: 1,
      complete: 0,
      not_done: 0,
      unchanged: 0,
      engine: "duckdb",
    },
  ]);
}

describe("a side file that is not as it should be", () => {
  test.each<[string, () => void]>([
    [
      "of an earlier shape, where a holder had no pid",
      () => {
        const old = new DatabaseSync(side);
        old.exec("CREATE TABLE holder (run_id, command, host, since, heartbeat_at)");
        old.exec(
          "CREATE TABLE runs (run_id PRIMARY KEY, status); INSERT INTO runs VALUES ('old', 'running')",
        );
        old.close();
      },
    ],
    ["that is a text", () => writeFileSync(side, "This is a text.\n".repeat(1000))],
    ["that is empty", () => writeFileSync(side, "")],
    [
      "with a damaged page",
      () => {
        const file = sideFile();
        file.close("");
        const whole = new DatabaseSync(side);
        whole.exec("PRAGMA journal_mode = DELETE");
        whole.close();
        // The first page after the header's hundred bytes: the list of tables.
        writeFileSync(side, Buffer.alloc(3000, 7), { flag: "r+", flush: true });
      },
    ],
  ])("%s is made anew", async (_, make) => {
    make();
    expect(readSideFile(path)).toBeUndefined();
    const { warehouse, file } = await held();
    await begin(warehouse, "a");
    await warehouse.publishState();
    expect(await seen()).toMatchObject({ holder: me, inStep: true, runs: ["a"] });
    await close({ warehouse, file });
    expect(failures).toEqual([]);
  });

  test.each<[string, () => void]>([
    ["taken away", () => rmSync(side)],
    ["without its journal", () => rmSync(`${side}-wal`)],
    [
      "damaged",
      () => {
        const other = new DatabaseSync(side);
        other.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        other.close();
        writeFileSync(side, Buffer.alloc(60_000, 7), { flag: "r+", flush: true });
      },
    ],
  ])("that is %s while it is held is made anew, and told all with the next commit", async (_, harm) => {
    const { warehouse, file } = await held();
    file.announce("a", "run");
    await begin(warehouse, "a");
    await warehouse.publishState();
    harm();
    expect(file.askedToStop()).toBe(false);
    file.beat();
    expect(await seen()).toMatchObject({ holder: { ...me, run_id: "a" }, asOf: null, inStep: false });
    await warehouse.transaction(() => begin(warehouse, "b"));
    expect(await seen()).toMatchObject({ inStep: true, runs: ["a", "b"] });
    await warehouse.transaction(() => begin(warehouse, "c"));
    expect((await seen())?.runs).toEqual(["a", "b", "c"]);
    await close({ warehouse, file });
    expect(failures).toEqual([]);
    expect(readSideFile(path)).toMatchObject({ holder: undefined, inStep: true });
  });

  test("that cannot be told all after it was made anew undoes no commit, and is told with the next", async () => {
    const { warehouse, file } = await held();
    await warehouse.publishState();
    rmSync(side);
    file.beat();
    vi.spyOn(warehouse, "publishState").mockRejectedValueOnce(new Error("INTERRUPT Error: Interrupted!"));
    await warehouse.transaction(() => begin(warehouse, "a"));
    expect(await warehouse.read("SELECT run_id FROM nba_backfill.runs")).toEqual([{ run_id: "a" }]);
    expect((await seen())?.inStep).toBe(false);
    await warehouse.transaction(() => begin(warehouse, "b"));
    expect(await seen()).toMatchObject({ inStep: true, runs: ["a", "b"] });
    await close({ warehouse, file });
  });

  test("that is damaged where only a later read finds it is told as one that cannot be read", async () => {
    const { warehouse, file } = await held();
    for (let run = 0; run < 400; run++) await begin(warehouse, `run ${run}`);
    await warehouse.publishState();
    await close({ warehouse, file });
    const whole = new DatabaseSync(side);
    whole.exec("PRAGMA journal_mode = DELETE");
    const { root } = whole
      .prepare("SELECT rootpage AS root FROM sqlite_master WHERE name = 'runs'")
      .get() as {
      root: number;
    };
    whole.close();
    const bytes = readFileSync(side);
    bytes.fill(7, (root - 1) * 4096, root * 4096);
    writeFileSync(side, bytes);
    const state = readSideFile(path)!;
    await expect(state.reader.read("SELECT command FROM nba_backfill.runs")).rejects.toMatchObject({
      code: "warehouse-busy",
    });
    state.close();
  });

  test("that cannot be written is done without, and told of once", async () => {
    mkdirSync(side);
    const { warehouse, file } = await held();
    await warehouse.publishState();
    await begin(warehouse, "a");
    await warehouse.transaction(() => begin(warehouse, "b"));
    file.announce("a", "run");
    file.beat();
    expect(file.askedToStop()).toBe(false);
    expect(requestCancel(path, new Date(now))).toBe(false);
    forgetHolder(path);
    expect(await warehouse.read("SELECT COUNT(*) AS runs FROM nba_backfill.runs")).toEqual([{ runs: 2 }]);
    await close({ warehouse, file });
    expect(failures).toHaveLength(1);
    expect(readSideFile(path)).toBeUndefined();
  });

  test("that fails on the way loses no commit, and tells what it can when it can", async () => {
    const { warehouse, file } = await held();
    await warehouse.publishState();
    const other = new DatabaseSync(side);
    other.exec("ALTER TABLE runs RENAME TO gone");
    await warehouse.transaction(() => begin(warehouse, "a"));
    await warehouse.transaction(() => begin(warehouse, "b"));
    expect(failures).toHaveLength(1);
    other.exec("ALTER TABLE gone RENAME TO runs");
    other.close();
    expect((await seen())?.runs).toEqual([]);
    await warehouse.transaction(() => begin(warehouse, "c"));
    expect((await seen())?.runs).toEqual(["a", "b", "c"]);
    await close({ warehouse, file });
  });
});

describe("what others see", () => {
  test("nothing until all of it was published, then every commit and no rollback", async () => {
    const { warehouse, file } = await held();
    await begin(warehouse, "before");
    expect(await seen()).toMatchObject({ holder: me, asOf: null, inStep: false });
    await warehouse.publishState();
    expect(await seen()).toMatchObject({ asOf: now, inStep: true, runs: ["before"] });

    const failed = warehouse.transaction(async () => {
      await begin(warehouse, "rolled back");
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    await warehouse.transaction(async () => {
      await begin(warehouse, "committed");
      expect((await seen())?.runs).toEqual(["before"]);
    });
    expect((await seen())?.runs).toEqual(["before", "committed"]);
    // A statement of its own, which does not say what it changes.
    await warehouse.execute("DELETE FROM nba_backfill.runs WHERE run_id = @run", { run: "before" });
    expect((await seen())?.runs).toEqual(["committed"]);
    await close({ warehouse, file });
  });

  test("the time of the last sign of life is that of the state", async () => {
    const { warehouse, file } = await held();
    await warehouse.publishState();
    now = "2026-01-17T12:00:01.000Z";
    file.beat();
    expect(await seen()).toMatchObject({ asOf: now, holder: { heartbeat_at: now } });
    await close({ warehouse, file });
  });

  test("one state in all reads, whatever is committed between them", async () => {
    const { warehouse, file } = await held();
    await begin(warehouse, "a");
    await warehouse.publishState();
    const state = readSideFile(path)!;
    await warehouse.transaction(() => begin(warehouse, "b"));
    expect(await state.reader.read("SELECT run_id FROM nba_backfill.runs")).toEqual([{ run_id: "a" }]);
    state.close();
    expect((await seen())?.runs).toEqual(["a", "b"]);
    await close({ warehouse, file });
  });

  test("the run by its name, and no name after the end", async () => {
    const { warehouse, file } = await held();
    expect((await seen())?.holder).toMatchObject({ run_id: "", command: "run" });
    file.announce("a", "demo");
    expect((await seen())?.holder).toMatchObject({ run_id: "a", command: "demo", pid: 4711 });
    await close({ warehouse, file });
    expect((await seen())?.holder).toBeUndefined();
  });
});

describe("from one holder to the next", () => {
  test("a warehouse as it was left is in step at once; one that was written behind our back is not", async () => {
    const first = await held();
    await begin(first.warehouse, "a");
    await first.warehouse.publishState();
    await close(first);

    const second = await held(stampOf(path));
    expect(second.file.inStep).toBe(true);
    await second.warehouse.transaction(() => begin(second.warehouse, "b"));
    expect((await seen())?.runs).toEqual(["a", "b"]);
    await close(second);

    const behind = await DuckDbWarehouse.open({ path });
    await behind.execute("DELETE FROM nba_backfill.runs");
    await behind.close();
    utimesSync(path, 1, 1);
    const third = await held(stampOf(path));
    expect(third.file.inStep).toBe(false);
    await third.warehouse.publishState();
    expect((await seen())?.runs).toEqual([]);
    await close(third);
  });

  test("a killed one leaves its name and no claim to be in step; a cancel of it is forgotten", async () => {
    const before = await held();
    await before.warehouse.publishState();
    await close(before);
    const first = await held(stampOf(path));
    expect(first.file.inStep).toBe(true);
    requestCancel(path, new Date(now));
    expect(first.file.askedToStop()).toBe(true);
    // Killed: it neither takes its name away nor says what it has left.
    const stamp = stampOf(path);
    await first.warehouse.close();
    expect((await seen())?.holder).toMatchObject(me);

    const second = await held(stamp);
    expect(second.file.inStep).toBe(false);
    expect(second.file.askedToStop()).toBe(false);
    await second.warehouse.close();
    forgetHolder(path);
    expect((await seen())?.holder).toBeUndefined();
  });
});
