import { expect, test } from "vitest";
import { counted } from "../../src/counted.ts";

test("one is told in the singular, thousands with a comma", () => {
  const rows = [0, 1, 2, 1632].map((count) => counted(count, "row"));
  expect(rows).toEqual(["0 rows", "1 row", "2 rows", "1,632 rows"]);
  expect([1, 2].map((count) => counted(count, "summary", "summaries"))).toEqual(["1 summary", "2 summaries"]);
});
