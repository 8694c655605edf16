import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { PRELUDE } from "../../src/warehouse/duckdb/prelude.ts";
import { CONFORMANCE, FAILING } from "./conformance.ts";
import { GoogleSql } from "./googlesql.ts";

let google: GoogleSql;
let duckDb: DuckDbWarehouse;
beforeAll(async () => {
  google = await GoogleSql.connect();
  duckDb = await DuckDbWarehouse.open({ path: ":memory:" });
});
afterAll(async () => {
  google.close();
  await duckDb.close();
});

const valuesOf = (rows: readonly object[]) => rows.map((row) => Object.values(row)[0]);

describe.each(CONFORMANCE)("$of: $sql", ({ sql, is }) => {
  const query = /^SELECT/.test(sql) ? sql : `SELECT ${sql}`;
  const expected = Array.isArray(is) ? is : [is];

  it("means so to the reference implementation", async () => {
    expect(valuesOf(await google.evaluate(query))).toEqual(expected);
  });

  it("gives the same on DuckDB", async () => {
    expect(valuesOf(await duckDb.read(query))).toEqual(expected);
  });
});

describe.each(FAILING)("%s", (sql) => {
  it("fails in the reference implementation", async () => {
    await expect(google.evaluate(sql)).rejects.toThrow();
  });

  it("gives no value on DuckDB", async () => {
    await expect(duckDb.read(sql)).rejects.toThrow();
  });
});

it("covers every macro of the prelude", () => {
  const macros = PRELUDE.flatMap((statement) => /MACRO (\w+)\(/.exec(statement)?.[1]?.toUpperCase() ?? []);
  expect(macros).toContain("SAFE_DIVIDE");
  const covered = new Set(CONFORMANCE.map(({ of }) => of));
  expect(macros.filter((name) => !covered.has(name))).toEqual([]);
});
