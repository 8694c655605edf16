import { expect, test } from "vitest";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { COLUMNS_SHOWN, columnsOf } from "../../src/report/show-report.ts";

test.for(PROCESSORS)("the columns that a table of $name shows are there", (processor) => {
  const chosen = COLUMNS_SHOWN[processor.name];
  expect(columnsOf(processor, chosen).map(({ name }) => name)).toEqual(chosen);
});
