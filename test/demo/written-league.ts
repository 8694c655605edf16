import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DemoLeague, type DemoOptions, writeDemoLeague } from "../../src/demo/league.ts";

export type CsvRow = Readonly<Record<string, string>>;

/** A demo league in a folder of its own. */
export async function written(options: DemoOptions): Promise<DemoLeague> {
  return writeDemoLeague(mkdtempSync(join(tmpdir(), "demo-league-")), options);
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
