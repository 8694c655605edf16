/**
 * What bookkeeping costs: the nine statements over the whole range by bare DuckDB, against a cold `run` on the same raw
 * data, each in a process of its own, in turn.
 *
 *   bin/with-node bench/floor.ts WAREHOUSE [--rounds N] [--threads N] [--memory SIZE] [--now TIME]
 *
 * WAREHOUSE is read only; it needs raw data (from `ingest` or `demo`).
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { easternDate } from "../src/dates.ts";
import { planBackfill } from "../src/plan/plan.ts";
import { rawViews } from "../src/processors/lineage.ts";
import { PROCESSORS } from "../src/processors/registry.ts";
import { boundsOf } from "../src/processors/windows.ts";
import { executeRun } from "../src/run/run.ts";
import { readWorld } from "../src/run/world.ts";
import { processorStatement } from "../src/statements/statement.ts";
import { TABLES } from "../src/tables.ts";
import { DuckDbWarehouse } from "../src/warehouse/duckdb/duckdb-warehouse.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "3" },
    threads: { type: "string", default: "2" },
    memory: { type: "string", default: "2GB" },
    now: { type: "string", default: new Date().toISOString() },
    part: { type: "string" },
  },
});
const source = positionals[0];
if (!source) {
  process.stderr.write("bench/floor: name a warehouse with raw data\n");
  process.exit(2);
}

interface Measured {
  readonly seconds: number;
  readonly partitions: number;
  readonly peakMegabytes: number;
}

const engineOptions = { threads: Number(values.threads), memory: values.memory };

/** The statements alone: what the engine cannot do without. */
async function floor(warehouse: DuckDbWarehouse): Promise<number> {
  const world = await worldOf(warehouse);
  const plan = planBackfill(world, {}, { chunk: "all", force: false });
  const stamps = { run_id: "floor", processor_version: "floor", computed_at: values.now };
  for (const step of plan.steps) {
    const processor = PROCESSORS.find(({ name }) => name === step.processor)!;
    const dates = step.chunks.flat().map(({ date }) => date);
    const bounds = boundsOf(processor, dates, world.calendar);
    await warehouse.execute(`INSERT INTO ${processor.table} ${processorStatement(processor, dates)}`, {
      ...bounds,
      ...stamps,
    });
  }
  return plan.partitions;
}

async function wholeRun(warehouse: DuckDbWarehouse): Promise<number> {
  const world = await worldOf(warehouse);
  const plan = planBackfill(world, {}, { chunk: "all", force: false });
  await executeRun(
    warehouse,
    world,
    plan,
    { claim: { runId: "bench", host: "bench", pid: process.pid }, command: "bench", selection: "{}" },
    {
      now: () => new Date(),
      elapsedMs: () => performance.now(),
      sleep: async () => undefined,
      onEvent: () => undefined,
      stop: new AbortController().signal,
    },
  );
  return plan.partitions;
}

function worldOf(warehouse: DuckDbWarehouse) {
  return readWorld(warehouse, PROCESSORS, { today: easternDate(new Date(values.now)) });
}

/** Runs in the child process: one part on one file. */
async function measure(part: string, path: string): Promise<Measured> {
  const warehouse = await DuckDbWarehouse.open({ path, ...engineOptions });
  const began = performance.now();
  const partitions = part === "floor" ? await floor(warehouse) : await wholeRun(warehouse);
  const seconds = (performance.now() - began) / 1000;
  await warehouse.close();
  return { seconds, partitions, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
}

/** A copy of the warehouse with its raw data and source dates, and nothing computed. */
async function coldCopy(from: string, to: string): Promise<void> {
  copyFileSync(from, to);
  const warehouse = await DuckDbWarehouse.open({ path: to });
  await warehouse.createTables([...TABLES.values()].filter(({ dataset }) => dataset === "nba_backfill"));
  const raw = rawViews().map(({ name }) => `'${name}'`);
  for (const table of TABLES.values()) {
    if (table.dataset === "nba_raw") continue;
    if (table.name === "warehouse_info") continue;
    const computed = table.name === "source_dates" ? ` WHERE view_name NOT IN (${raw.join(", ")})` : "";
    await warehouse.execute(`DELETE FROM ${table.id}${computed}`);
  }
  await warehouse.close();
}

function child(part: string, path: string): Measured {
  const out = execFileSync(process.execPath, [import.meta.filename, path, "--part", part, ...flags()], {
    encoding: "utf8",
  });
  return JSON.parse(out) as Measured;
}

function flags(): string[] {
  return ["threads", "memory", "now"].flatMap((name) => [`--${name}`, values[name as "threads"]]);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

async function main(from: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "nba-backfill-floor-"));
  try {
    const cold = join(folder, "cold.duckdb");
    await coldCopy(from, cold);
    const measured: Record<"floor" | "run", Measured[]> = { floor: [], run: [] };
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const part of ["floor", "run"] as const) {
        const path = join(folder, `${part}.duckdb`);
        copyFileSync(cold, path);
        measured[part].push(child(part, path));
      }
    }
    report(measured.floor, measured.run);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(floors: readonly Measured[], runs: readonly Measured[]): void {
  const floorSeconds = median(floors.map(({ seconds }) => seconds));
  const runSeconds = median(runs.map(({ seconds }) => seconds));
  const partitions = runs[0]!.partitions;
  const ratios = runs.map((run, round) => run.seconds / floors[round]!.seconds);
  const lines = [
    `machine     ${cpus().length} x ${cpus()[0]?.model}, ${values.threads} threads, memory limit ${values.memory}`,
    `partitions  ${partitions}`,
    `floor       ${floorSeconds.toFixed(2)} s (median of ${floors.length}), ${Math.max(...floors.map((m) => m.peakMegabytes)).toFixed(0)} MB at most`,
    `run         ${runSeconds.toFixed(2)} s (median of ${runs.length}), ${Math.max(...runs.map((m) => m.peakMegabytes)).toFixed(0)} MB at most`,
    `run/floor   ${median(ratios).toFixed(3)} (each round: ${ratios.map((ratio) => ratio.toFixed(3)).join(", ")})`,
    `bookkeeping ${(((runSeconds - floorSeconds) * 1000) / partitions).toFixed(3)} ms a partition`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

if (values.part) process.stdout.write(JSON.stringify(await measure(values.part, source)));
else await main(source);
