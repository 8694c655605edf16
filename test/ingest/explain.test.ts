import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { explain } from "../../src/ingest/explain.ts";
import { renderExplanations } from "../../src/report/ingest-explain.ts";
import {
  chartedShot,
  hoopRGame,
  hoopRPlayer,
  hoopRTeam,
  injury,
  oddsLine,
  oddsOutcome,
  oddsProp,
} from "./feeds.ts";
import { Folder } from "./folder.ts";
import { game } from "./rows.ts";

const now = new Date("2026-01-17T12:00:00Z");

test("a file explained: its mapping, columns, what is unused, unfilled and would be quarantined; nothing written", async () => {
  await using folder = await Folder.open();
  await folder.load([game()], "games.csv");
  const before = await folder.contents();
  const path = folder.csv("teams.csv", [
    hoopRTeam(),
    hoopRTeam({ opponent_team_abbreviation: "MIA" }),
    hoopRTeam({ team_abbreviation: "XYZ", opponent_team_abbreviation: "BOS" }),
  ]);
  const [file] = await explain(folder.warehouse, { paths: [path] }, now);
  expect(file).toMatchObject({ mapping: "hoopr-team-box", lacking: [] });
  // What a mapping is recognised by and does not read is unused too.
  expect([...file!.unused].sort()).toEqual([
    "game_id",
    "season",
    "season_type",
    "team_home_away",
    "team_turnovers",
    "total_rebounds",
    "turnovers",
  ]);
  expect(file!.targets[0]!.columns).toContainEqual({ column: "team", how: "team of team_abbreviation" });
  expect(file!.targets[0]!.unfilled).toEqual([
    "minutes",
    "overtime_points",
    "overtime_periods",
    "team_fga",
    "official_possessions",
  ]);
  expect(file!.outcome!.tables).toMatchObject([{ rows: 3, inserted: 1, quarantined: 2 }]);
  expect(file!.examples).toEqual([
    {
      table: "nba_raw.team_boxscores",
      reason: "unknown_game",
      detail: "the schedule has no such game",
      where: `${path}, row 2`,
    },
    {
      table: "nba_raw.team_boxscores",
      reason: "unknown_team",
      detail: "no NBA team: XYZ",
      where: `${path}, row 3`,
    },
  ]);
  expect(await folder.contents()).toEqual(before);
  const text = renderExplanations([file!]);
  expect(text).toContain("mapping hoopr-team-box");
  expect(text).toContain("Quarantine would get 2, such as");
});

test("a file that no mapping knows: the nearest one and what it would still need", async () => {
  await using folder = await Folder.open();
  const { "Report Timestamp": _, ...row } = injury();
  const path = folder.csv("injuries.csv", [row]);
  const [file] = await explain(folder.warehouse, { paths: [path] }, now);
  expect(file).toMatchObject({
    mapping: null,
    why: `no mapping knows its columns ${Object.keys(row).join(", ").toLowerCase()}; nearest is official-injury-report, which also asks for report timestamp`,
  });
  const [given] = await explain(folder.warehouse, { paths: [path], mapping: "official-injury-report" }, now);
  expect(given).toMatchObject({ mapping: "official-injury-report", lacking: ["report timestamp"] });
  expect(given!.outcome).toBeUndefined();
});

test("a file that nothing is near to, and a document of another command", async () => {
  await using folder = await Folder.open();
  const colours = folder.csv("colours.csv", [{ colour: "red" }]);
  const box = folder.write("boxscore.json", '{"meta": {"version": 1}, "game": {"gameId": "0022200001"}}\n');
  const files = await explain(folder.warehouse, { paths: [colours, box] }, now);
  expect(files.map(({ mapping, why }) => [mapping, why])).toEqual([
    [null, "no mapping knows its columns colour"],
    [null, "a document of cdn.nba.com: ingest nba-cdn --from reads it"],
  ]);
  await expect(folder.ingest(box)).rejects.toMatchObject({
    message: `${box}: a document of cdn.nba.com: ingest nba-cdn --from reads it`,
  });
});

test("each feed explained: the rows that would load and those that would not, nothing written", async () => {
  await using folder = await Folder.open();
  await folder.load([game()], "games.csv");
  const before = await folder.contents();
  const feeds = {
    "hoopr-schedule": [hoopRGame(), hoopRGame({ status_type_name: "STATUS_ASLEEP" })],
    "hoopr-player-box": [hoopRPlayer(), hoopRPlayer({ points: "many" })],
    "hoopr-team-box": [hoopRTeam(), hoopRTeam({ opponent_team_abbreviation: "MIA" })],
    "odds-api-lines": [oddsLine(), oddsLine({ price: 1 })],
    "odds-api-outcomes": [oddsOutcome(), oddsOutcome({ name: "Yes" })],
    "odds-api-props": [oddsProp(), oddsProp({ over_odds: 50 })],
    "official-injury-report": [injury(), injury({ "Current Status": "Maybe" })],
    "nba-shotchartdetail": [chartedShot(), chartedShot({ SHOT_ZONE_BASIC: "Bench" })],
  };
  for (const [name, rows] of Object.entries(feeds)) {
    const [explained] = await explain(folder.warehouse, { paths: [folder.csv(`${name}.csv`, rows)] }, now);
    const file = explained!;
    expect.soft(file.mapping).toBe(name);
    const tables = file.outcome!.tables.filter(({ rows }) => rows > 0);
    expect.soft(tables, file.mapping!).toMatchObject([{ rows: 2, inserted: 1, quarantined: 1 }]);
    expect.soft(file.examples, file.mapping!).toHaveLength(1);
    const props = file.targets.find(({ table }) => table === "nba_raw.player_props");
    // A price for each side stands for both.
    if (name === "odds-api-outcomes") expect(props!.unfilled).toEqual(["team"]);
  }
  expect(await folder.contents()).toEqual(before);
});

test("the mapping that the page shows reads a file as the page says", async () => {
  await using folder = await Folder.open();
  const page = readFileSync(new URL("../../docs/mappings.md", import.meta.url), "utf8");
  const mapping = folder.write("mine.json", /```json\n(.*?)```/s.exec(page)![1]!);
  const path = folder.csv("mine.csv", [
    {
      day: "2026-01-15",
      club: "Celtics",
      who: "Jace Brunn",
      state: "Q",
      noted_at: "2026-01-15T17:30:00-05:00",
    },
  ]);
  await folder.ingest(path, { mapping });
  expect(
    await folder.read("SELECT team, player_id, status, reported_at FROM nba_raw.injury_reports"),
  ).toEqual([
    {
      team: "BOS",
      player_id: "name:jacebrunn",
      status: "questionable",
      reported_at: "2026-01-15T22:30:00.000Z",
    },
  ]);
});

test("a file that cannot be read is told among the others", async () => {
  await using folder = await Folder.open();
  const broken = folder.write("broken.parquet", "no parquet");
  const games = folder.csv("games.csv", [game()]);
  const [first, second] = await explain(folder.warehouse, { paths: [broken, games] }, now);
  expect(first).toMatchObject({ file: broken, mapping: null, targets: [] });
  expect(first!.why).toMatch(/^cannot read .*broken\.parquet as Parquet: /);
  expect(second).toMatchObject({ file: games, mapping: "own-schedule" });
  expect(second!.outcome!.tables).toMatchObject([{ rows: 1, inserted: 1 }]);
  // There is no column that a mapping could be written for.
  expect(renderExplanations([first!])).not.toContain("docs/mappings.md");
});
