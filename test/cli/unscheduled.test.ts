import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FewDates, fewDates, MAKING_MS } from "./few-dates.ts";
import { nbaBackfill } from "./in-process.ts";
import { change } from "./in-warehouse.ts";

/** Raw games that the schedule does not have, some or all of them. */
let world: FewDates;
beforeAll(async () => {
  world = await fewDates();
}, MAKING_MS);
afterAll(() => world.remove());

async function without(schedule: string): Promise<string> {
  const folder = world.folder("done");
  await change(folder, `DELETE FROM nba_raw.schedule WHERE ${schedule}`);
  return folder;
}

const cli = (folder: string, line: string) => nbaBackfill(folder, line.split(" "));

// 2023-02-07 has six games, 2022-12-30 ten.
const CUT = "game_date IN (DATE '2023-02-07', DATE '2022-12-30')";

test.each(["coverage", "gaps"])(
  "%s --fail-on-gaps leaves with 1 where nothing but the schedule lacks games",
  async (command) => {
    const folder = await without("game_date = DATE '2023-02-07'");
    const { code, stdout } = await cli(folder, `${command} --fail-on-gaps`);
    expect(stdout).toContain("Unscheduled: 6 games that raw tables have and the schedule lacks");
    expect(code).toBe(1);
    expect((await cli(folder, command)).code).toBe(0);
    // The date is not among the selected ones.
    expect((await cli(folder, `${command} --fail-on-gaps --dates 2022-12-31`)).code).toBe(0);
  },
);

test.each(["status", "monitor"])("%s names them in one line, with what mends it", async (command) => {
  const folder = await without(CUT);
  const { stdout } = await cli(folder, command);
  expect(stdout).toMatch(
    /^Unscheduled: \d+ games on 2 dates, 2022-12-30 \.\. 2023-02-07 are in raw tables and not in the schedule: nba-backfill ingest PATH, with the whole schedule$/m,
  );
  expect(JSON.parse((await cli(folder, `${command} --json`)).stdout)).toMatchObject({
    game_dates: 3,
    unscheduled: { dates: ["2022-12-30", "2023-02-07"] },
  });
  // The command does: the schedule is whole again.
  expect((await cli(folder, `ingest ${join(world.raw, "schedule.csv")}`)).code).toBe(0);
  expect((await cli(folder, command)).stdout).not.toContain("Unscheduled");
});

test("the monitor of a year names the games of that year", async () => {
  const folder = await without(CUT);
  expect((await cli(folder, "monitor --year 2023")).stdout).toContain(
    "Unscheduled: 6 games on 2023-02-07 are in raw tables",
  );
});

test.each(["status", "monitor"])(
  "%s of an empty schedule is one line and no empty table",
  async (command) => {
    const folder = await without("TRUE");
    const { code, stdout } = await cli(folder, command);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^The schedule has no official game: nothing is expected; raw tables hold games on 5 dates, 2022-12-30 \.\. 2023-02-07: nba-backfill ingest PATH, with the whole schedule\n(\nLast run .*\n)?$/,
    );
    expect(JSON.parse((await cli(folder, `${command} --json`)).stdout)).toMatchObject({
      game_dates: 0,
      scheduled_dates: 0,
    });
  },
);

test("coverage of an empty schedule does not blame the selection", async () => {
  const { stdout } = await cli(await without("TRUE"), "coverage");
  expect(stdout).toMatch(
    /^The schedule has no official game: nothing is expected; raw tables hold games on 5 dates/,
  );
});

test("status of a history that has not begun has no empty tables either", async () => {
  const { stdout } = await cli(world.folder("done"), "status --history-start 2023-02-08");
  expect(stdout).toBe("0 game dates from 2023-02-08, 5 warm-up dates before; 0 of 0 partitions done\n");
});

test.each(["coverage", "gaps"])("%s --json --csv is refused", async (command) => {
  const { code, stdout, stderr } = await cli(world.folder("done"), `${command} --json --csv`);
  expect([code, stdout, stderr]).toEqual([2, "", "nba-backfill: --json or --csv, not both\n"]);
});
