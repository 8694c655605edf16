import { existsSync } from "node:fs";
import { explain } from "../ingest/explain.ts";
import { renderExplanations } from "../report/ingest-explain.ts";
import { withWarehouse } from "./open.ts";
import type { Options } from "./options.ts";
import { terminal } from "./terminal.ts";

type ExplainOptions = Options<"mapping" | "threads" | "memory" | "warehouse" | "json">;

/** `ingest --explain`: how files would be read, judged against the warehouse, or an empty one where there is none. */
export async function printExplanations(
  paths: readonly string[],
  options: ExplainOptions,
  now: Date,
): Promise<void> {
  const held = existsSync(options.warehouse);
  const target = held ? options : { ...options, warehouse: ":memory:" };
  const files = await withWarehouse(target, held ? "read" : "create", (warehouse) =>
    explain(warehouse, { paths, mapping: options.mapping }, now),
  );
  terminal.print(options.json ? JSON.stringify(files) : renderExplanations(files));
}
