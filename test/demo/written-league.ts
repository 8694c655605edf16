import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type DemoLeague, type DemoOptions, writeDemoLeague } from "../../src/demo/league.ts";

export type CsvRow = Readonly<Record<string, string>>;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A demo league in a folder of its own, which goes when the tests of the file are over. */
export async function written(options: DemoOptions): Promise<DemoLeague> {
  const folder = mkdtempSync(join(tmpdir(), "demo-league-"));
  folders.push(folder);
  return writeDemoLeague(folder, options);
}

/** The rows of a file; the demo's fields need no quotes. */
export function rowsOf({ folder }: DemoLeague, name: string): CsvRow[] {
  const [header, ...lines] = readFileSync(join(folder, `${name}.csv`), "latin1")
    .trimEnd()
    .split("\n");
  const columns = header!.split(",");
  return lines.map((line) => {
    const fields = line.split(",");
    if (fields.length !== columns.length) throw new Error(`${name}: ${line}`);
    return Object.fromEntries(columns.map((column, index) => [column, fields[index]!]));
  });
}

export function sum(rows: readonly CsvRow[], column: string): number {
  return rows.reduce((total, row) => total + Number(row[column]), 0);
}
