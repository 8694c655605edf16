import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeInfo } from "../../src/progress/store.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { leagueWarehouse, run } from "../run/league-runs.ts";

const cli = new URL("../../bin/nba-backfill", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "nba-backfill-show-"));
const path = join(folder, "league.duckdb");
const table = "nba_analytics.player_game_summary";

/** A row of a player who played, to ask for. */
let row: { game_date: string; player_id: string; team: string; pts: number };
/** A game date of the league without a state. */
let unbuilt: string;

beforeAll(async () => {
  await using fixture = await leagueWarehouse();
  const { warehouse } = fixture;
  const dates = (await fixture.calendar()).dates.map(({ date }) => date);
  await run(fixture, {}, dates.slice(0, 4));
  unbuilt = dates[4]!;
  [row] = (await warehouse.read<typeof row>(
    `SELECT game_date, player_id, team, pts FROM ${table} WHERE played ORDER BY game_date, player_id LIMIT 1`,
  )) as [typeof row];
  // Two people who differ in the accent alone, one of them without any game.
  await warehouse.execute("DELETE FROM nba_raw.players WHERE player_id = @id", { id: row.player_id });
  await fixture.insert("nba_raw.players", [
    { player_id: row.player_id, player_name: "Zoran Đokić" },
    { player_id: "1", player_name: "Zoran Dokic" },
    { player_id: "2", player_name: "Adam Abel" },
    { player_id: "3", player_name: "Adam Cain" },
  ]);
  await run(fixture, { force: true }, dates.slice(0, 4));
  await writeInfo(warehouse, { schema_version: "1" });
  await warehouse.execute(`ATTACH '${path}' AS league`);
  await warehouse.execute("COPY FROM DATABASE memory TO league");
  await warehouse.execute("DETACH league");
});
afterAll(() => rmSync(folder, { recursive: true }));

function call(...args: string[]) {
  const options = ["--warehouse", path, "--now", "2023-03-01T12:00:00Z"];
  const { status, stdout, stderr } = spawnSync(cli, [...args, ...options], { encoding: "utf8" });
  return { status, stdout, stderr };
}

/** One clear line, exit code 2. */
function refusal(...args: string[]): string {
  const { status, stdout, stderr } = call(...args);
  expect({ status, stdout, lines: stderr.trim().split("\n").length }).toEqual({
    status: 2,
    stdout: "",
    lines: 1,
  });
  return stderr;
}

describe("show", () => {
  const show = (...args: string[]) => call("show", "player_game_summary", ...args);
  const points = (stdout: string) => /^pts +(\S+)$/m.exec(stdout)?.[1];

  test("one player by id, a line a column, with state and run", () => {
    const { status, stdout } = show(row.game_date, "--player", row.player_id);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^player_game_summary ${row.game_date}: 1 of \\d+ rows; .*run run, `));
    expect(points(stdout)).toBe(String(row.pts));
  });

  test("by name without its accents and case; of two the one who is there", () => {
    expect(points(show(row.game_date, "--player", "zoran DOKIC").stdout)).toBe(String(row.pts));
  });

  test("by part of a name that several have: all of them, with ids", () => {
    const line = refusal("show", "player_game_summary", row.game_date, "--player", "adam");
    expect(line).toContain("Adam Abel (2), Adam Cain (3)");
  });

  test("a team, as a table of the columns asked for, as JSON and as CSV", () => {
    const asked = [row.game_date, "--team", row.team.toLowerCase(), "--columns", "player_id,pts"];
    expect(show(...asked).stdout).toMatch(new RegExp(`^${row.team} +${row.player_id} .* ${row.pts}$`, "m"));
    const { rows } = JSON.parse(show(...asked, "--json").stdout) as { rows: object[] };
    expect(rows).toContainEqual({ player_id: row.player_id, pts: row.pts });
    const csv = show(...asked, "--csv")
      .stdout.trimEnd()
      .split("\n");
    expect(csv[0]).toBe("player_id,pts");
    expect(csv).toContain(`${row.player_id},${row.pts}`);
    expect(csv).toHaveLength(rows.length + 1);
  });

  test("a date that was never built says so", () => {
    const { status, stdout } = show(unbuilt);
    expect(status).toBe(0);
    expect(stdout).toContain(`${unbuilt}: 0 rows; missing`);
    expect(stdout).toContain("nba-backfill run --processor player_game_summary");
  });

  test("a reader that closes the pipe at once ends it without a word", async () => {
    const args = ["show", "player_game_summary", row.game_date, "--json", "--warehouse", path];
    const child = spawn(cli, args, { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test.for([
    ["no date", ["player_game_summary", "soon"], "soon is not a date"],
    ["a date without games", ["player_game_summary", "1999-01-01"], "no official game date"],
    ["an unknown processor", ["nothing", "2022-01-01"], "no processor nothing"],
    ["an unknown column", ["player_game_summary", "2022-01-01", "--columns", "x"], "no column x"],
  ] as const)("%s is refused", ([, args, words]) => {
    expect(refusal("show", ...args)).toContain(words);
  });

  test("an unknown player, an unknown team, and players of a team table are refused", () => {
    expect(refusal("show", "player_game_summary", row.game_date, "--player", "nobody")).toContain(
      "no player nobody",
    );
    expect(refusal("show", "player_game_summary", row.game_date, "--team", "XYZ")).toContain("no team XYZ");
    expect(refusal("show", "team_offense_game_summary", row.game_date, "--player", "1")).toContain(
      "rows of teams",
    );
  });
});

describe("diff", () => {
  test("an equal warehouse: exit code 0, and not a byte is written", () => {
    const before = readFileSync(path);
    const { status, stdout } = call("diff");
    expect(stdout).toMatch(/^Equal: /);
    expect(status).toBe(0);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(["league.duckdb"]);
  });

  test("another stored value: exit code 1, and its column is named", async () => {
    const warehouse = await DuckDbWarehouse.open({ path });
    await warehouse.execute(
      `UPDATE ${table} SET pts = pts + 1 WHERE game_date = DATE '${row.game_date}' AND player_id = @id`,
      { id: row.player_id },
    );
    await warehouse.close();
    const before = readFileSync(path);
    const { status, stdout } = call("diff", "--processor", "player_game_summary", "--json");
    expect(status).toBe(1);
    const { equal, processors } = JSON.parse(stdout) as {
      equal: boolean;
      processors: { columns: { column: string; examples: object[] }[] }[];
    };
    expect(equal).toBe(false);
    expect(processors[0]!.columns).toMatchObject([
      { column: "pts", rows: 1, examples: [{ old: row.pts + 1, new: row.pts }] },
    ]);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("dates outside history are refused", () => {
    expect(refusal("diff", "--dates", "1999-01-01")).toContain("no game dates in 1999-01-01");
  });
});
