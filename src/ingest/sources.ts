import { fileURLToPath } from "node:url";
import { BackfillError } from "../errors.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import type { Mappings } from "./choose.ts";
import type { InputFile, Origin } from "./files.ts";
import type { Mapping } from "./mapping.ts";
import type { Source } from "./stage.ts";

/** A file of the caller's. */
export interface ScannedFile extends Source {
  readonly rows: number;
  readonly brokenLines: number;
}

/** The files as temporary tables, each with its mapping, and those of a folder that no mapping knows. */
export interface Scanned {
  readonly files: readonly ScannedFile[];
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

/** Reads every file; the mapping is the given one, or the shipped one that its columns choose. */
export async function scanFiles(
  warehouse: Warehouse,
  files: readonly InputFile[],
  mappings: Mappings,
  given: Mapping | undefined,
  tell: (message: string) => void,
  origin?: Origin,
): Promise<Scanned> {
  const scanned: ScannedFile[] = [];
  const skipped: { file: string; reason: string }[] = [];
  for (const { path, name, format, given: named } of files) {
    tell(`reading ${name}`);
    const number = scanned.length + 1;
    const table = `source_${number}`;
    const { columns: all, rows, brokenLines } = await warehouse.scanFile(path, format, table);
    const documentColumn = origin?.documentColumn;
    const columns = all.filter((column) => column !== documentColumn);
    const mapping = given ?? mappings.forColumns(columns);
    if (mapping) {
      scanned.push({
        number,
        table,
        columns,
        documentColumn,
        rows,
        brokenLines,
        name,
        mapping,
        retry: false,
      });
      continue;
    }
    const reason = mappings.whyNone(columns);
    if (path === named) {
      const advice = reason.startsWith("no mapping") ? "; give one with --mapping" : "";
      throw new BackfillError("mapping-invalid", `${path}: ${reason}${advice}`);
    }
    skipped.push({ file: path, reason });
  }
  for (const { given: named } of files) {
    const here = files.filter((file) => file.given === named);
    if (here.some((file) => scanned.some(({ name }) => name === file.name))) continue;
    const reasons = skipped.filter(({ file }) => here.some(({ path }) => path === file));
    const list = reasons.map(({ file, reason }) => `${file} (${reason})`).join(", ");
    throw new BackfillError("input-invalid", `nothing to load at ${named}: ${list}`);
  }
  return { files: scanned, skipped };
}

/** The arenas that ship with the project come with every ingest; a row of the user's own stays. */
export async function shippedArenas(warehouse: Warehouse, mappings: Mappings): Promise<Source> {
  const path = fileURLToPath(new URL("data/arenas.csv", import.meta.url));
  const { columns } = await warehouse.scanFile(path, "csv", "source_0");
  const mapping = { ...mappings.named("own-arenas")!, source: { value: "nba-backfill" } };
  return { number: 0, table: "source_0", columns, name: "arenas.csv", mapping, retry: false };
}
