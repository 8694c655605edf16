import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { explain } from "../../src/ingest/explain.ts";
import { renderExplanations } from "../../src/report/ingest-explain.ts";
import { hoopRTeam, injury } from "./feeds.ts";
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
    why: "no mapping knows its columns; nearest is official-injury-report, which also asks for report timestamp",
  });
  const [given] = await explain(folder.warehouse, { paths: [path], mapping: "official-injury-report" }, now);
  expect(given).toMatchObject({ mapping: "official-injury-report", lacking: ["report timestamp"] });
  expect(given!.outcome).toBeUndefined();
});

test("the mapping that the page shows reads a file as the page says", async () => {
  await using folder = await Folder.open();
  const page = readFileSync(new URL("../../docs/mappings.md", import.meta.url), "utf8");
  const mapping = folder.write("mine.json", /```json\n(.*?)```/s.exec(page)![1]!);
  const path = folder.csv("mine.csv", [
    {
      day: "2026-01-15",
      club: "Celtics",
      who: "Jaylen Brown",
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
      player_id: "name:jaylenbrown",
      status: "questionable",
      reported_at: "2026-01-15T22:30:00.000Z",
    },
  ]);
});
