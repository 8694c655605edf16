import { expect, test } from "vitest";
import { Folder } from "./folder.ts";
import { game } from "./rows.ts";

const rows = [
  game(),
  game({ game_id: "0022200002", home_team: "GSW", away_team: "LAL", home_score: 123, away_score: 109 }),
];

const select = `SELECT '0022200001' AS game_id, 2022 AS season_year, 'regular' AS season_type, DATE '2022-10-18' AS game_date,
    CAST(NULL AS TIMESTAMPTZ) AS tipoff_at, 'BOS' AS home_team, 'PHI' AS away_team, false AS neutral_site, 'final' AS status,
    122 AS home_score, 113 AS away_score
  UNION ALL SELECT '0022200002', 2022, 'regular', DATE '2022-10-18', NULL, 'GSW', 'LAL', false, 'final', 123, 109`;

/** The same two games in every format that can hold them. */
const formats: Record<string, (folder: Folder) => string | Promise<string>> = {
  CSV: (folder) => folder.csv("games.csv", rows),
  "gzipped CSV": (folder) =>
    folder.write(
      "games.csv.gz",
      "game_id,season_year,season_type,game_date,home_team,away_team,status,home_score,away_score\r\n" +
        "0022200001,2022,regular,2022-10-18,BOS,PHI,final,122,113\r\n" +
        "0022200002,2022,regular,2022-10-18,GSW,LAL,final,123,109\r\n",
    ),
  "semicolons, quotes, capitals, a lost zero and spaces": (folder) =>
    folder.write(
      "games.csv",
      '"Game_ID";season_year;season_type;game_date;home_team;away_team;status;home_score;away_score\n' +
        '22200001;2022;"regular";2022-10-18;Boston Celtics;Sixers;final;122; 113\n' +
        "22200002.0;2022-23;regular;20221018;1610612744;los angeles lakers;final;123.0;109\n",
    ),
  "JSON lines": (folder) => folder.jsonLines("games.jsonl", rows),
  "gzipped JSON lines": (folder) =>
    folder.write("games.ndjson.gz", rows.map((row) => `${JSON.stringify(row)}\n`).join("\n")),
  "a JSON array": (folder) => folder.write("games.json", JSON.stringify(rows, null, 2)),
  "a name that looks like a pattern": (folder) => folder.csv("games [1]*?'.csv", rows),
  Parquet: (folder) => folder.parquet("games.parquet", select),
};

test.each(Object.entries(formats))("%s", async (_, write) => {
  await using folder = await Folder.open();
  const summary = await folder.ingest(await write(folder));
  expect(summary.files).toMatchObject([{ mapping: "own-schedule", rows: 2, brokenLines: 0 }]);
  expect(
    await folder.read(
      `SELECT game_id, season_year, season_type, game_date, home_team, away_team, neutral_site, status, home_score, away_score
       FROM nba_raw.schedule ORDER BY game_id`,
    ),
  ).toEqual(rows.map(({ tipoff_at, ...row }) => row));
});

test("a folder and a glob read the files in them, and say what they leave", async () => {
  await using folder = await Folder.open();
  folder.csv("in/a.csv", [rows[0]!]);
  folder.csv("in/b.csv", [rows[1]!]);
  folder.write("in/notes.md", "notes");
  folder.write("in/other.csv", "colour\nred\n");
  folder.write("in/deeper/c.csv", "colour\nred\n");
  const summary = await folder.ingest(`${folder.path}/in`);
  expect(summary.files.map(({ file }) => file)).toEqual([
    `${folder.path}/in/a.csv`,
    `${folder.path}/in/b.csv`,
  ]);
  expect(summary.skippedFiles).toEqual([
    { file: `${folder.path}/in/deeper`, reason: "a folder: name it to read it" },
    { file: `${folder.path}/in/notes.md`, reason: "not Parquet, CSV or JSON lines" },
    { file: `${folder.path}/in/other.csv`, reason: "no mapping knows its columns colour" },
  ]);
  const globbed = await folder.ingest(`${folder.path}/in/[ab].csv`);
  expect(globbed.files.map(({ tables }) => tables[0]!.unchanged)).toEqual([1, 1]);
});

test("lines that are no records go to quarantine, and their neighbours load", async () => {
  await using folder = await Folder.open();
  const header = "game_id,season_year,season_type,game_date,home_team,away_team,status";
  const csv = folder.write(
    "games.csv",
    `${header}\n0022200001,2022,regular,2022-10-18,BOS,PHI,scheduled\n0022200002,2022\n0022200003,2022,regular,2022-10-19,MIA,CHI,scheduled\n`,
  );
  const lines = folder.write(
    "games.jsonl",
    `${JSON.stringify(game({ game_id: "0022200004", game_date: "2022-10-20" }))}\n{"game_id": "00222\n[1, 2]\n${JSON.stringify(game({ game_id: "0022200005", game_date: "2022-10-21" }))}\n`,
  );
  const summary = await folder.ingest([csv, lines]);
  expect(summary.files.map(({ rows, brokenLines }) => [rows, brokenLines])).toEqual([
    [2, 1],
    [2, 2],
  ]);
  const games = await folder.read("SELECT game_id FROM nba_raw.schedule ORDER BY game_id");
  expect(games.map(({ game_id }) => game_id)).toEqual([
    "0022200001",
    "0022200003",
    "0022200004",
    "0022200005",
  ]);
  expect(
    await folder.read(
      "SELECT table_name, reason, detail, file, row_json FROM nba_raw.quarantine ORDER BY file",
    ),
  ).toEqual([
    {
      table_name: "nba_raw.schedule",
      reason: "broken_line",
      detail: "Expected Number of Columns: 7 Found: 2",
      file: `${csv}, line 3`,
      row_json: '{"line":"0022200002,2022"}',
    },
    {
      table_name: "nba_raw.schedule",
      reason: "broken_line",
      detail: "not a JSON object",
      file: `${lines}, line 2`,
      row_json: '{"line":"{\\"game_id\\": \\"00222"}',
    },
    {
      table_name: "nba_raw.schedule",
      reason: "broken_line",
      detail: "not a JSON object",
      file: `${lines}, line 3`,
      row_json: '{"line":"[1, 2]"}',
    },
  ]);
});
