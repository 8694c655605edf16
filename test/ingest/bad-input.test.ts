import { mkdirSync } from "node:fs";
import { expect, test } from "vitest";
import { Folder } from "./folder.ts";
import { game } from "./rows.ts";

/** What the caller gives, and the line that says what is wrong with it. */
const cases: Record<string, (folder: Folder) => [path: string | Promise<string>, message: RegExp]> = {
  "no such file": (folder) => [`${folder.path}/nowhere.csv`, /^nothing at .*nowhere\.csv$/],
  "a glob that matches nothing": (folder) => [`${folder.path}/*.parquet`, /^nothing at /],
  "an empty folder": (folder) => {
    mkdirSync(`${folder.path}/empty`);
    return [`${folder.path}/empty`, /^no \.parquet, \.csv or \.jsonl file .* at .*empty$/];
  },
  "a folder with nothing of ours": (folder) => {
    folder.write("in/colours.csv", "colour\nred\n");
    return [
      `${folder.path}/in`,
      /^nothing to load at .*in: .*colours\.csv \(no mapping knows its columns colour\)$/,
    ];
  },
  "a file of another kind": (folder) => [
    folder.write("notes.txt", "notes"),
    /^no \.parquet, \.csv or \.jsonl file .* at .*notes\.txt$/,
  ],
  "text that calls itself Parquet": (folder) => [
    folder.write("games.parquet", "these are no games, and no Parquet either"),
    /^cannot read .*games\.parquet as Parquet: /,
  ],
  "Parquet that calls itself CSV": (folder) => [
    folder.parquet("games.csv", "SELECT 'é' AS game_id, range AS x FROM range(1000)"),
    /^cannot read .*games\.csv as CSV: line \d+: /,
  ],
  "an empty CSV": (folder) => [
    folder.write("games.csv", ""),
    /^cannot read .*games\.csv as CSV: it is empty$/,
  ],
  "text that calls itself gzip": (folder) => {
    const path = folder.write("games.csv", "game_id\n1\n");
    return [folder.rename(path, "games.csv.gz"), /^cannot read .*games\.csv\.gz as CSV: /];
  },
  "prose that calls itself JSON": (folder) => [
    folder.write("games.jsonl", "once\nupon a time\n"),
    /^cannot read .*games\.jsonl as JSON lines: no line of it is a JSON object$/,
  ],
  "columns that nothing knows": (folder) => [
    folder.write("games.csv", "colour\nred\n"),
    /games\.csv: no mapping knows its columns colour; give one with --mapping$/,
  ],
};

test.each(Object.entries(cases))("%s: one clear line, exit code 2, nothing written", async (_, make) => {
  await using folder = await Folder.open();
  const before = await folder.contents();
  const good = folder.csv("good.csv", [game()]);
  const [path, message] = make(folder);
  const loading = folder.ingest([good, await path]);
  await expect(loading).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
  await expect(loading).rejects.toMatchObject({ message: expect.not.stringContaining("\n") });
  expect(await folder.contents()).toEqual(before);
  // The warehouse is as good as before.
  expect((await folder.ingest(good)).files[0]!.tables[0]).toMatchObject({ inserted: 1 });
});
