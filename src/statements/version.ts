import { createHash } from "node:crypto";
import type { Processor } from "../processors/processor.ts";
import { tableOf } from "../tables.ts";
import { processorStatement, readSql } from "./statement.ts";

/**
 * First 12 hex digits of SHA-256 over everything that decides a processor's content: its statement (views, readers,
 * query, output columns), its expected keys, its declared windows and row contracts that block. Comments and white space do not
 * count, so a reworded comment makes nothing stale.
 */
export function processorVersion(processor: Processor): string {
  const sql = [processorStatement(processor, []), readSql(`${processor.folder}/expected.sql`)].map(
    normalised,
  );
  const shape = tableOf(processor.table).columns.map(({ name, type, required }) => [name, type, required]);
  // A contract that blocks decides which rows are there; one that warns does not.
  const contracts = processor.rowChecks.filter(({ severity }) => severity === "block");
  const declared = JSON.stringify([processor.inputs, contracts, shape]);
  return createHash("sha256")
    .update([...sql, declared].join("\n"))
    .digest("hex")
    .slice(0, 12);
}

function normalised(sql: string): string {
  return sql.replace(/--.*$/gm, "").replace(/\s+/g, " ").trim();
}
