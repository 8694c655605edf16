import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROCESSOR_NAMES } from "../../src/processors/processor.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { nbaBackfill as called } from "./in-process.ts";

const root = mkdtempSync(join(tmpdir(), "nba-backfill-bad-input-"));
const template = join(root, "template");

/** A schedule of one game date in our own layout, and files that are not what they say. */
const files: Readonly<Record<string, string>> = {
  "schedule.csv":
    "game_id,season_year,season_type,game_date,home_team,away_team,status,home_score,away_score\n" +
    "0022200001,2022,regular,2022-10-18,BOS,PHI,final,126,117\n",
  "text.parquet": "This is a text.\n",
  "empty.csv": "",
  "other.csv": "a,b\n1,2\n",
  "broken.jsonl": '{"game_id": \n',
  "text.duckdb": "This is a text.\n",
  "broken.json": "{",
  "unknown-columns.json": JSON.stringify({
    name: "mine",
    description: "A schedule with a column that is none.",
    recognise: ["a"],
    targets: [{ table: "schedule", columns: { nobody: "a" } }],
  }),
};

/** Every file below the folder with what it holds, the side file of a process that has the warehouse open apart. */
function contents(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.state\.sqlite(-wal|-shm)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(names.sort().map((name) => [name, readFileSync(name).toString("base64")]));
}

async function nbaBackfill(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const { code, stdout, stderr } = await called(folder, args, env);
  return { code, stdout, stderr: stderr.trimEnd().split("\n") };
}

async function change(path: string, sql: string): Promise<void> {
  const warehouse = await DuckDbWarehouse.open({ path });
  await warehouse.execute(sql);
  await warehouse.close();
}

let copies = 0;

/** A folder of its own with all the files, and a configuration where one is given. */
function freshFolder(config?: string): string {
  const folder = join(root, `case-${++copies}`);
  cpSync(template, folder, { recursive: true });
  if (config !== undefined) writeFileSync(join(folder, "nba-backfill.config.json"), config);
  return folder;
}

beforeAll(async () => {
  mkdirSync(join(template, "nothing"), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(template, name), text);
  const made = await nbaBackfill(template, ["ingest", "schedule.csv"]);
  expect(made.code, made.stderr.join("\n")).toBe(0);
  for (const name of ["newer", "unversioned"]) {
    cpSync(join(template, "nba-backfill.duckdb"), join(template, `${name}.duckdb`));
  }
  await change(
    join(template, "newer.duckdb"),
    "UPDATE nba_backfill.warehouse_info SET value = '999' WHERE name = 'schema_version'",
  );
  await change(
    join(template, "unversioned.duckdb"),
    "DELETE FROM nba_backfill.warehouse_info WHERE name = 'schema_version'",
  );
  await change(join(template, "foreign.duckdb"), "CREATE TABLE somebodys (x INTEGER)");
  await change(
    join(template, "foreign-table.duckdb"),
    "CREATE SCHEMA nba_raw; CREATE TABLE nba_raw.schedule (game VARCHAR)",
  );
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Exit codes by the table of src/errors.ts: 2 usage or configuration, 3 no warehouse, 4 refused. */
const cases: readonly (readonly [line: string, code: number, says: RegExp])[] = [
  ["run --processor nobody", 2, /no processor nobody; the nine are .*ml_feature_store/],
  ["run --processor team_defensive_zone_analytics", 2, /is now called team_defense_zone_analysis/],
  ["run --processor player_shot_zone_analytics", 2, /is now called player_shot_zone_analysis/],
  ["run --processor player_defensive_context", 2, /does not exist/],
  ["run --phase 4 --processor player_game_summary", 2, /phase 4 has no processor among/],
  ["run --start-date 2022-13-01", 2, /not a date like/],
  ["run --end-date 2023-02-29", 2, /not a date like/],
  ["run --dates 2022-10-18,tomorrow", 2, /not a date like/],
  ["run --start-date 2023-02-01 --end-date 2023-01-01", 2, /ends \(2023-01-01\) before it starts/],
  ["run --start-date 2023-07-01 --end-date 2023-07-31", 2, /no game dates in 2023-07-01 .. 2023-07-31/],
  ["run --season 2021-23", 2, /second year follows its first/],
  ["run --season 1999-00", 2, /no game dates in season 1999-00/],
  ["run --year 1900", 2, /at least 1946/],
  ["run --phase 5", 2, /must be 3 or 4/],
  ["phase 3 --year 2022 --skip-validation", 2, /--skip-validation is for phase 4/],
  ["run --limit 0", 2, /at least 1/],
  ["run --limit many", 2, /not a number/],
  ["run --chunk week", 2, /must be all, season, month, day or a number/],
  ["run --memory much", 2, /not a size like 2GB/],
  ["run --memory 15.9MB", 2, /must be at least 16MB/],
  ["run --memory 1001TB", 2, /must be at most 1000TB/],
  ["run --threads 1025", 2, /must be at most 1024/],
  ["plan --out nba-backfill.duckdb", 2, /--out: nba-backfill.duckdb is the warehouse, or belongs to it/],
  ["plan --out ./nothing/../nba-backfill.duckdb.wal", 2, /is the warehouse, or belongs to it/],
  ["plan --out schedule.csv", 2, /--out: schedule.csv is there and is no plan/],
  ["run --events nba-backfill.duckdb.state.sqlite", 2, /is the warehouse, or belongs to it/],
  ["run --events broken.json", 2, /--events: broken.json is there and is no file of events/],
  ["run --events text.duckdb", 2, /--events: text.duckdb is there and is no file of events/],
  ["run --now someday", 2, /not a time like/],
  ["run --nope", 2, /unknown option '--nope'/],
  ["nonsense", 2, /unknown command 'nonsense'/],
  ["run --warehouse none.duckdb", 3, /no warehouse none.duckdb: make one with/],
  ["status --warehouse none.duckdb", 3, /no warehouse none.duckdb: make one with/],
  ["run --warehouse text.duckdb", 3, /not a valid DuckDB database/],
  ["ingest schedule.csv --warehouse text.duckdb", 3, /not a valid DuckDB database/],
  ["run --warehouse newer.duckdb", 3, /made by a newer nba-backfill/],
  ["status --warehouse newer.duckdb", 3, /made by a newer nba-backfill/],
  ["ingest schedule.csv --warehouse newer.duckdb", 3, /made by a newer nba-backfill/],
  ["status --warehouse unversioned.duckdb", 3, /does not say which schema/],
  ["run --warehouse foreign.duckdb", 3, /is no warehouse of nba-backfill/],
  ["ingest schedule.csv --warehouse foreign.duckdb", 3, /is no warehouse of nba-backfill/],
  ["ingest schedule.csv --warehouse foreign-table.duckdb", 4, /has a table nba_raw.schedule that/],
  ["run --warehouse foreign-table.duckdb", 4, /has a table nba_raw.schedule that/],
  // A path under a file stands for the folder that nobody may write to: it holds for root too.
  ["ingest schedule.csv --warehouse schedule.csv/new.duckdb", 3, /cannot open schedule.csv\/new.duckdb/],
  ["ingest schedule.csv --warehouse new.duckdb --memory 0KB", 2, /must be at least 16MB/],
  ["demo", 4, /holds other data than the demo's/],
  ["ingest", 2, /missing required argument/],
  ["ingest nowhere", 2, /nothing at nowhere/],
  ["ingest nothing", 2, /no .parquet, .csv or .jsonl file/],
  ["ingest text.parquet", 2, /cannot read text.parquet as Parquet/],
  ["ingest empty.csv", 2, /empty.csv as CSV: it is empty/],
  ["ingest other.csv", 2, /no mapping knows its columns a, b/],
  ["ingest other.csv --warehouse new.duckdb", 2, /no mapping knows its columns a, b/],
  ["ingest broken.jsonl", 2, /no line of it is a JSON object/],
  ["ingest other.csv --mapping nobody", 2, /no mapping nobody/],
  ["ingest other.csv --mapping broken.json", 2, /broken.json is not JSON/],
  ["ingest other.csv --mapping unknown-columns.json", 2, /nobody/],
  ["ingest other.csv --mapping nba-schedule", 2, /needs columns that other.csv lacks: game_id/],
];

describe("bad input: one line, the right exit code, nothing written", () => {
  test.each(cases)("%s leaves with %i", async (line, code, says) => {
    const folder = freshFolder();
    const before = contents(folder);
    const done = await nbaBackfill(folder, line.split(" "));
    const { notes, errors } = sorted(done.stderr);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(says);
    // Only what an ingest tells of its way may stand before it.
    if (!line.startsWith("ingest")) expect(notes).toEqual([]);
    expect(done.code).toBe(code);
    expect(done.stdout).toBe("");
    expect(contents(folder)).toEqual(before);
    rmSync(folder, { recursive: true });
  });
});

function sorted(lines: readonly string[]): { notes: string[]; errors: string[] } {
  const isNote = (text: string) => /^(reading|converting|comparing) \S+$/.test(text);
  return { notes: lines.filter(isNote), errors: lines.filter((text) => !isNote(text)) };
}

describe("bad configuration", () => {
  test.each([
    ['{"limit": "many"}', /limit: not a number/],
    ['{"dryRun": "false"}', /dryRun: must be true or false/],
    ['{"seasons": 2022}', /no option seasons; known are/],
    ['{"phase": 5}', /phase: must be 3 or 4/],
    ['{"limit": true}', /limit: must be text or a number/],
    ['{"limit": [3]}', /limit: must be text or a number/],
    ['{"threads": null}', /threads: must be text or a number/],
    ['{"chunk": ""}', /chunk: must not be empty/],
    ['{"dates": ["2022-10-18", "someday"]}', /dates: not a date like/],
    ["[]", /not a JSON object/],
    ["{", /nba-backfill.config.json/],
  ])("%s leaves with 2", async (config, says) => {
    const folder = freshFolder(config);
    const before = contents(folder);
    const done = await nbaBackfill(folder, ["run"]);
    expect(done.stderr).toHaveLength(1);
    expect(done.stderr[0]).toMatch(says);
    expect(done.code).toBe(2);
    expect(contents(folder)).toEqual(before);
    rmSync(folder, { recursive: true });
  });

  test("a variable with a bad value leaves with 2", async () => {
    const done = await nbaBackfill(template, ["run"], { NBA_BACKFILL_LIMIT: "many" });
    expect(done.stderr).toHaveLength(1);
    expect(done.stderr[0]).toMatch(/NBA_BACKFILL_LIMIT.*not a number/);
    expect(done.code).toBe(2);
  });
});

describe("flags from the environment and the file", () => {
  test.each(["no", "off", "yes"])("NBA_BACKFILL_DRY_RUN=%s leaves with 2", async (value) => {
    const folder = freshFolder();
    const before = contents(folder);
    const done = await nbaBackfill(folder, ["run"], { NBA_BACKFILL_DRY_RUN: value });
    expect([done.code, done.stderr]).toEqual([
      2,
      ["nba-backfill: NBA_BACKFILL_DRY_RUN must be true or false"],
    ]);
    expect(contents(folder)).toEqual(before);
    rmSync(folder, { recursive: true });
  });

  const isJson = (text: string) => text.startsWith("{");

  test.each([
    ["false", false],
    ["0", false],
    ["", false],
    ["true", true],
    ["1", true],
  ])("NBA_BACKFILL_JSON=%s", async (value, expected) => {
    const done = await nbaBackfill(template, ["status"], { NBA_BACKFILL_JSON: value });
    expect(done.code).toBe(0);
    expect(isJson(done.stdout)).toBe(expected);
  });

  test("numbers in the file are as good as texts, and a flag wins over both", async () => {
    const folder = freshFolder(
      '{"phase": 3, "season": 2022, "json": true, "dryRun": true, "processor": ["player_game_summary"]}',
    );
    const asFile = await nbaBackfill(folder, ["run"]);
    expect(JSON.parse(asFile.stdout)).toMatchObject({ selected: 1, partitions: 1 });
    const asFlag = await nbaBackfill(folder, [
      "run",
      "--processor",
      "player_game_summary,team_offense_game_summary",
    ]);
    expect(JSON.parse(asFlag.stdout)).toMatchObject({ selected: 2, partitions: 2 });
    rmSync(folder, { recursive: true });
  });
});

test("a flag wins over the environment, and that over the file", async () => {
  const [first, second, third] = PROCESSOR_NAMES;
  const folder = freshFolder(`{"processor": "${first}", "dryRun": true, "json": true}`);
  const env = { NBA_BACKFILL_PROCESSOR: `${first},${second}` };
  const selected = async (...of: Parameters<typeof nbaBackfill>) =>
    (JSON.parse((await nbaBackfill(...of)).stdout) as { partitions: number }).partitions;
  // One game date: as many partitions as processors.
  expect(await selected(folder, ["run"])).toBe(1);
  expect(await selected(folder, ["run"], env)).toBe(2);
  expect(await selected(folder, ["run", "--processor", `${first},${second},${third}`], env)).toBe(3);
  rmSync(folder, { recursive: true });
});

test("a file without a table, as a killed first ingest leaves it, is filled by the next", async () => {
  const folder = freshFolder();
  await change(join(folder, "new.duckdb"), "SELECT 1");
  expect((await nbaBackfill(folder, ["ingest", "schedule.csv", "--warehouse", "new.duckdb"])).code).toBe(0);
  const status = await nbaBackfill(folder, ["status", "--json", "--warehouse", "new.duckdb"]);
  expect(JSON.parse(status.stdout)).toMatchObject({ game_dates: 1 });
  rmSync(folder, { recursive: true });
});
