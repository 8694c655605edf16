import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { type Child, launcher, start } from "./child.ts";
import { CODES, ROWS, type Row, type Where } from "./exit-code-rows.ts";
import { FEED_GAMES, savedFeed } from "./feed.ts";
import { type FewDates, fewDates, MAKING_MS } from "./few-dates.ts";
import { nbaBackfill } from "./in-process.ts";
import { registeredCommands } from "./registered.ts";

let world: FewDates;
/** A run that stands still amid its chunks, and so holds its warehouse. */
let holder: Child;
let held: string;

beforeAll(async () => {
  world = await fewDates();
  held = world.folder("cold");
  holder = start(held, ["run", "--chunk", "day"]);
  await holder.says("player_game_summary 2022-12-30");
  holder.process.kill("SIGSTOP");
}, MAKING_MS);
afterAll(async () => {
  holder.process.kill("SIGKILL");
  await holder.ended();
  world.remove();
});

const EDITS: Partial<Record<Where, string>> = {
  edited: "UPDATE nba_analytics.player_game_summary SET pts = pts + 1 WHERE game_date = DATE '2023-02-07'",
};

async function folderOf(where: Where): Promise<string> {
  if (where === "held") return held;
  if (where === "empty" || where === "text") {
    const folder = world.folder();
    if (where === "text") writeFileSync(join(folder, "text.duckdb"), "This is a text.\n");
    savedFeed(join(folder, "broken-feed"), FEED_GAMES.slice(0, 1));
    return folder;
  }
  const edit = EDITS[where];
  const folder = world.folder(where === "cold" ? "cold" : "done");
  if (edit) {
    const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb") });
    await warehouse.execute(edit);
    await warehouse.close();
  }
  return folder;
}

test("every command has a row, or a reason, for every code", async () => {
  const names = [...(await registeredCommands()).keys()];
  expect(names.filter((name) => !(name in ROWS))).toEqual([]);
});

const rows = Object.values(ROWS).flatMap((of) =>
  CODES.flatMap((code) => {
    const row = of[code];
    return typeof row === "string" ? [] : [[`${row.line} (${row.where}): ${code}`, code, row] as const];
  }),
);

describe("exit codes", () => {
  test.each(rows.filter(([, , row]) => !row.interruptedAt))("%s", async (_, expected, row) => {
    const { code, stdout, stderr } = await nbaBackfill(await folderOf(row.where), argumentsOf(row));
    expect(code, stderr).toBe(expected);
    expect(stdout + stderr).toMatch(row.says);
    // What the caller must fix is one line, and nothing beside it.
    if (code > 1) expect([stdout, stderr.match(/^nba-backfill: /gm)]).toEqual(["", ["nba-backfill: "]]);
  });

  test.each(rows.filter(([, , row]) => row.interruptedAt))("Ctrl-C in %s", async (_, expected, row) => {
    const child = start(await folderOf(row.where), argumentsOf(row), row.env);
    await child.says(row.interruptedAt!);
    child.process.kill("SIGINT");
    expect(await child.ended(), child.stderr()).toBe(expected);
    expect(child.stderr()).toMatch(row.says);
  });

  test("cancel: 0, and 130 for the run that it stops", async () => {
    const folder = await folderOf("cold");
    const child = start(folder, ["run", "--chunk", "day"]);
    await child.says("player_game_summary 2022-12-30");
    const warehouse = join(folder, "nba-backfill.duckdb");
    const elsewhere = world.folder();
    const asked = await nbaBackfill(elsewhere, ["cancel", "--json", "--warehouse", warehouse]);
    expect(asked.code, asked.stderr).toBe(0);
    expect(JSON.parse(asked.stdout)).toMatchObject({ cancel: "requested" });
    expect((await nbaBackfill(elsewhere, ["cancel"])).code).toBe(3);
    expect(await child.ended(), child.stderr()).toBe(130);
  });

  test("a plan of another world is refused: 4", async () => {
    const folder = await folderOf("cold");
    expect((await nbaBackfill(folder, ["plan", "--out", "plan.json"])).code).toBe(0);
    expect((await nbaBackfill(folder, ["job", "analytics/player_game_summary"])).code).toBe(0);
    const { code, stderr } = await nbaBackfill(folder, ["run", "--plan", "plan.json"]);
    expect(code).toBe(4);
    expect(stderr).toMatch(/the plan no longer fits/);
  });
});

describe("progress", () => {
  const line = "job analytics/team_offense_game_summary";
  const anyEscape = "\u001b";

  test("in a pipe is a line per chunk, and nothing that a screen alone understands", async () => {
    const { stdout, stderr } = await nbaBackfill(await folderOf("cold"), line.split(" "));
    expect(stderr).toMatch(
      /^team_offense_game_summary 2022-12-30..2023-02-07: 5 partitions, 76 rows in \d+ ms$/m,
    );
    expect(stdout + stderr).not.toContain(anyEscape);
  });

  // Where `script` (of util-linux, in every Debian) is missing, no terminal can be had.
  test.skipIf(spawnSync("script", ["--version"]).error)(
    "on a screen is a bar with ETA, without colours",
    async () => {
      const { stdout } = spawnSync("script", ["-qec", `${launcher} ${line}`, "/dev/null"], {
        cwd: await folderOf("cold"),
        encoding: "utf8",
      });
      expect(stdout).toMatch(/100% \| 5\/5 partitions \| ETA \S+ \| team_offense_game_summary/);
      expect(stdout).not.toMatch(new RegExp(`${anyEscape}\\[[0-9;]*m`));
    },
  );
});

function argumentsOf({ line }: Row): string[] {
  return line.replace("RAW", world.raw).split(" ");
}
