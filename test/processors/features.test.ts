import { expect, test } from "vitest";
import { FEATURE_VERSION, FEATURES } from "../../src/processors/precompute/ml_feature_store/features.ts";
import { readSql } from "../../src/statements/statement.ts";
import { tableOf } from "../../src/tables.ts";

const table = tableOf("nba_precompute.ml_feature_store");
const query = readSql("precompute/ml_feature_store/query.sql");

test("the list is the table's feature columns, in order", () => {
  const described = table.columns.flatMap(({ name, type, description }) => {
    const found = /^Feature (\d+), (required|optional): /.exec(description);
    return found ? [{ number: Number(found[1]), name, type, required: found[2] === "required" }] : [];
  });
  expect(described).toHaveLength(64);
  expect(FEATURES.map(({ number, name, type, required }) => ({ number, name, type, required }))).toEqual(
    described,
  );
  // Nothing stands between them.
  const first = table.columns.findIndex((column) => column.name === FEATURES[0]!.name);
  expect(table.columns.slice(first, first + 64).map((column) => column.name)).toEqual(
    FEATURES.map((feature) => feature.name),
  );
});

test("the query holds the version of the list", () => {
  expect(FEATURE_VERSION).toMatch(/^64-[0-9a-f]{8}$/);
  expect(query).toContain(`'${FEATURE_VERSION}' AS feature_version`);
});

test("the query counts the required features, and no other", () => {
  const counted = [...query.matchAll(/IF\((\w+) IS NULL, 0, 1\)/g)].map((found) => found[1]);
  const required = FEATURES.filter((feature) => feature.required).map((feature) => feature.name);
  expect(counted).toEqual(required);
  expect(query).toContain(`SAFE_DIVIDE(100 * counted.present, ${required.length})`);
  expect(query).toContain(`counted.present = ${required.length} `);
});

test("every meaning says something of its own", () => {
  expect(new Set(FEATURES.map((feature) => feature.meaning)).size).toBe(64);
});
