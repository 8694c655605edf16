import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checksOf } from "../../src/checks/declared.ts";
import { checkStatement } from "../../src/checks/statement.ts";
import type { GameDate } from "../../src/dates.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { tableOf } from "../../src/tables.ts";
import { GoogleSql } from "../judges/googlesql.ts";
import { lint } from "../judges/lint.ts";

let google: GoogleSql;
beforeAll(async () => {
  google = await GoogleSql.connect();
});
afterAll(() => google.close());

const dates = ["2022-10-18", "2022-10-19"] as GameDate[];
const results = tableOf("nba_backfill.check_results");

describe.each(PROCESSORS)("the checks of $name", (processor) => {
  it("have names of their own, one row each", () => {
    const names = checksOf(processor).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const statement = checkStatement(processor, dates, { stored: true });
    for (const name of names) expect(statement.split(`'${name}' AS check_name`)).toHaveLength(2);
  });

  it.each([
    ["stored", { stored: true }],
    ["staged", { staging: processor.table }],
  ] as const)("are a statement of GoogleSQL on %s rows, with the columns of its results", async (_, rows) => {
    const sql = checkStatement(processor, dates, rows);
    const { columns } = await google.analyze(sql);
    expect(columns).toEqual(results.columns.map(({ name, type }) => ({ name, type })));
    expect((await lint(google, sql)).map(({ rule, where }) => `${rule}: ${where}`)).toEqual([]);
  });
});
