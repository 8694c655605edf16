import { afterAll, beforeAll, expect, test } from "vitest";
import type { CoverageReport } from "../../src/report/coverage-report.ts";
import { type FewDates, fewDates, MAKING_MS } from "./few-dates.ts";
import { nbaBackfill } from "./in-process.ts";
import { change } from "./in-warehouse.ts";

let world: FewDates;
beforeAll(async () => {
  world = await fewDates();
}, MAKING_MS);
afterAll(() => world.remove());

/** The gaps that a selection has, and what closing one with its own command leaves of them. */
async function gapsOf(folder: string, selection = ""): Promise<CoverageReport["gaps"]> {
  const { stdout } = await nbaBackfill(folder, `gaps --json ${selection}`.trim().split(" "));
  return (JSON.parse(stdout) as CoverageReport).gaps;
}

const follow = (folder: string, command: string) =>
  nbaBackfill(folder, command.replace("nba-backfill ", "").split(" "));

test("what nobody recorded is adopted together with what it reads of its date", async () => {
  const folder = world.folder("done");
  await change(folder, "DELETE FROM nba_backfill.partitions WHERE game_date = DATE '2023-01-02'");
  const shown = await nbaBackfill(folder, ["show", "ml_feature_store", "2023-01-02"]);
  expect(shown.stdout).toMatch(
    /^ml_feature_store 2023-01-02: \d+ rows; unrecorded\n {2}\d+ rows that no run recorded$/m,
  );
  const found = await gapsOf(folder);
  const adoptOf = (name: string) => found.find(({ processor }) => processor === name)!.adopt!;
  expect(adoptOf("player_game_summary")).toBe("nba-backfill adopt player_game_summary --dates 2023-01-02");
  expect(adoptOf("ml_feature_store")).toBe("nba-backfill adopt --dates 2023-01-02");
  const { code, stdout } = await follow(folder, adoptOf("ml_feature_store"));
  expect(code, stdout).toBe(0);
  expect(await gapsOf(folder)).toEqual([]);
});

test("a run from before its date was in the schedule is none of a partition's", async () => {
  const folder = world.folder("done");
  const runsOf = async () => {
    const { stdout } = await nbaBackfill(folder, ["explain", "ml_feature_store", "2023-02-07", "--json"]);
    return (JSON.parse(stdout) as { runs: object[] }).runs;
  };
  await change(folder, "DELETE FROM nba_backfill.partitions WHERE game_date = DATE '2023-02-07'");
  expect(await runsOf()).toHaveLength(1);
  await change(
    folder,
    `UPDATE nba_backfill.source_dates SET changed_at = TIMESTAMPTZ '2100-01-01 00:00:00Z'
     WHERE view_name = 'fixtures' AND source_date = DATE '2023-02-07'`,
  );
  expect(await runsOf()).toEqual([]);
});

test("what was never built and has something stale in its windows is closed from there on", async () => {
  const folder = world.folder("done");
  const context = "upcoming_team_game_context";
  await change(
    folder,
    `DELETE FROM nba_analytics.${context} WHERE game_date = DATE '2023-02-07'`,
    `DELETE FROM nba_backfill.partitions WHERE processor = '${context}' AND game_date = DATE '2023-02-07'`,
    "UPDATE nba_raw.team_boxscores SET tov = tov + 1 WHERE game_date = DATE '2023-01-02'",
  );
  const selection = `--processor ${context} --dates 2023-02-07`;
  const [gap] = await gapsOf(folder, selection);
  expect(gap).toMatchObject({
    state: "missing",
    why: "never run",
    command: "nba-backfill run --start-date 2023-01-02 --end-date 2023-02-07 --deep",
  });
  expect((await follow(folder, gap!.command)).code).toBe(0);
  expect(await gapsOf(folder, selection)).toEqual([]);
});

test("a team's box score is raw data that its summaries need, and its players' do not", async () => {
  const folder = world.folder("done");
  await change(
    folder,
    `DELETE FROM nba_raw.team_boxscores
     WHERE game_id = (SELECT MIN(game_id) FROM nba_raw.schedule WHERE game_date = DATE '2023-02-07')`,
  );
  const found = await gapsOf(folder, "--dates 2023-02-07");
  const commandOf = (name: string) => found.find(({ processor }) => processor === name)!.command;
  expect(commandOf("team_offense_game_summary")).toMatch(/^nba-backfill ingest PATH && /);
  const command = commandOf("player_game_summary");
  expect(command).toBe("nba-backfill run --processor player_game_summary --dates 2023-02-07 --deep");
  expect((await follow(folder, command)).code).toBe(0);
  expect(await gapsOf(folder, "--dates 2023-02-07 --processor player_game_summary")).toEqual([]);
});

test("of several lost summaries in the windows of a date the first is named, and the command closes the gap", async () => {
  const folder = world.folder("done");
  // The team's summary is the first that the context reads, the player's the earlier one.
  await change(
    folder,
    "DELETE FROM nba_analytics.team_offense_game_summary WHERE game_date = DATE '2023-01-02'",
    "DELETE FROM nba_analytics.player_game_summary WHERE game_date = DATE '2022-12-30'",
  );
  const cli = (line: string) => nbaBackfill(folder, line.split(" "));
  const found = await cli("gaps --json --dates 2023-02-07 --processor upcoming_player_game_context");
  const [gap] = (JSON.parse(found.stdout) as CoverageReport).gaps;
  expect(gap).toMatchObject({
    why: "reads player_game_summary of 2022-12-30, which is to be built again",
    command: "nba-backfill run --start-date 2022-12-30 --end-date 2023-02-07 --deep",
  });
  expect((await cli(gap!.command.replace("nba-backfill ", ""))).code).toBe(0);
  expect((await cli("gaps")).stdout).toMatch(/^No gaps\./);
});
