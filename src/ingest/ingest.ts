import type { Warehouse } from "../warehouse/warehouse.ts";
import { Mappings } from "./choose.ts";
import { RAW_TABLES } from "./columns.ts";
import { countFile, countUnresolved } from "./counts.ts";
import { deriveAll } from "./derive.ts";
import { findFiles, type Origin } from "./files.ts";
import { createArenaNames, createKnownGames, createTeamNames } from "./lookups.ts";
import type { Mapping } from "./mapping.ts";
import { apply, judge, type MergedRows } from "./merge.ts";
import { settlePropLines } from "./prop-lines.ts";
import {
  commitQuarantine,
  countRetried,
  createStagedQuarantine,
  keepMapping,
  rowsToRetry,
  setAside,
  setAsideBrokenLines,
  settleRetried,
} from "./quarantine.ts";
import { type Scanned, scanFiles, shippedArenas } from "./sources.ts";
import { createStaged, type Source, stageCoverage, stageFile } from "./stage.ts";
import type { FileSummary, IngestSummary } from "./summary.ts";

export interface IngestRequest {
  /** Files, folders or globs. */
  readonly paths: readonly string[];
  /** A shipped mapping's name, or a mapping file; without it the columns of each file choose. */
  readonly mapping?: string | undefined;
  /** Judge everything, write nothing: no statement touches a table of the warehouse. */
  readonly dryRun?: boolean | undefined;
  /** Minutes before tip-off (or noon) at which what is known beforehand ends. */
  readonly lineLeadMinutes?: number | undefined;
  /** Where the files are of our own making, what they were made from. */
  readonly origin?: Origin | undefined;
}

export interface IngestEffects {
  readonly now: Date;
  readonly progress?: (message: string) => void;
  /** Runs when every row is judged and nothing is written yet; `staged_quarantine` holds what does not fit. */
  readonly afterJudging?: () => Promise<void>;
  /** Runs in the transaction of the ingest, after everything is derived. */
  readonly afterLoad?: () => Promise<void>;
}

/** Loads raw files: all of what fits, what does not into quarantine, in one transaction. */
export async function ingest(
  warehouse: Warehouse,
  request: IngestRequest,
  effects: IngestEffects,
): Promise<IngestSummary> {
  const mappings = new Mappings();
  const given = request.mapping === undefined ? undefined : mappings.given(request.mapping);
  const found = findFiles(request.paths, request.origin);
  const tell = effects.progress ?? (() => undefined);
  const loadedAt = effects.now.toISOString().replace("T", " ").replace("Z", "+00");

  const scanned = await scanFiles(warehouse, found.files, mappings, given, tell, request.origin);
  const arenas = await shippedArenas(warehouse, mappings);
  const kept = given && !mappings.named(given.name) ? given : undefined;
  return warehouse.transaction(async () => {
    const retried = await rowsToRetry(warehouse, mappings);
    const sources = [arenas, ...scanned.files, ...retried];
    const tables = await stage(warehouse, sources, loadedAt, tell);
    const merged = await judgeAll(warehouse, scanned, tables, loadedAt, tell);
    await effects.afterJudging?.();
    const files: FileSummary[] = [];
    for (const file of scanned.files) files.push(await countFile(warehouse, file, merged));
    const tried = [];
    for (const source of retried) tried.push(await countRetried(warehouse, source));
    const written = request.dryRun
      ? { derived: [], removedShots: 0 }
      : await write(warehouse, request, tables, scanned.files, retried, kept, tell);
    if (!request.dryRun) await effects.afterLoad?.();
    const unresolved = await countUnresolved(warehouse);
    await dropTemporary(warehouse, sources, tables);
    return {
      dryRun: request.dryRun ?? false,
      files,
      skippedFiles: [...found.skipped, ...scanned.skipped],
      retried: {
        rows: tried.reduce((sum, { rows }) => sum + rows, 0),
        released: tried.reduce((sum, { released }) => sum + released, 0),
      },
      ...written,
      unresolved,
    };
  });
}

/** Converts every file, in the order in which tables need each other; gives the tables that may have got rows. */
async function stage(
  warehouse: Warehouse,
  sources: readonly Source[],
  loadedAt: string,
  tell: (message: string) => void,
): Promise<string[]> {
  await createTeamNames(warehouse);
  const staged: string[] = [];
  for (const table of Object.keys(RAW_TABLES)) {
    const wanted = sources.filter(({ mapping }) => mapping.targets.some((target) => target.table === table));
    const coverage = table === "shot_coverage" && staged.includes("shots");
    if (wanted.length > 0 || coverage || table === "schedule") {
      tell(`converting ${table}`);
      await createStaged(warehouse, table);
      for (const source of wanted) await stageFile(warehouse, source, table, loadedAt);
      if (coverage) await stageCoverage(warehouse);
      if (table === "player_props") await settlePropLines(warehouse);
      staged.push(table);
    }
    if (table === "arenas") await createArenaNames(warehouse);
    if (table === "schedule") await createKnownGames(warehouse);
  }
  return staged;
}

/** The outcome of every staged row, by table; what does not fit is collected for quarantine. */
async function judgeAll(
  warehouse: Warehouse,
  scanned: Scanned,
  tables: readonly string[],
  loadedAt: string,
  tell: (message: string) => void,
): Promise<ReadonlyMap<string, readonly MergedRows[]>> {
  const merged = new Map<string, readonly MergedRows[]>();
  await createStagedQuarantine(warehouse);
  for (const table of tables) {
    tell(`comparing ${table}`);
    const rows = await judge(warehouse, table);
    merged.set(table, rows);
    for (const file of scanned.files) {
      if (rows.some((row) => row.file_number === file.number && row.outcome === "quarantined")) {
        await setAside(warehouse, file, table, loadedAt);
      }
    }
  }
  for (const file of scanned.files) {
    if (file.brokenLines > 0) await setAsideBrokenLines(warehouse, file, loadedAt);
  }
  return merged;
}

async function write(
  warehouse: Warehouse,
  { origin, lineLeadMinutes = 0 }: IngestRequest,
  tables: readonly string[],
  files: readonly Source[],
  retried: readonly Source[],
  kept: Mapping | undefined,
  tell: (message: string) => void,
): Promise<Pick<IngestSummary, "derived" | "removedShots">> {
  let removedShots = 0;
  for (const table of tables) {
    tell(`loading ${table}`);
    removedShots += await apply(warehouse, table, origin !== undefined);
  }
  for (const source of retried) await settleRetried(warehouse, source);
  await commitQuarantine(warehouse, files);
  if (kept) await keepMapping(warehouse, kept);
  tell("deriving");
  const derived = await deriveAll(warehouse, lineLeadMinutes);
  return { derived: derived.filter(({ rows }) => rows > 0), removedShots };
}

async function dropTemporary(
  warehouse: Warehouse,
  sources: readonly Source[],
  tables: readonly string[],
): Promise<void> {
  const names = [
    ...sources.flatMap(({ table }) => [table, `${table}_broken`]),
    ...tables.flatMap((table) => [`staged_${table}`, `judged_${table}`]),
    "staged_quarantine",
    "waiting_rows",
    "team_names",
    "arena_names",
    "known_games",
    "games_by_teams",
    "numbered_shots",
    "prop_lines",
    "main_lines",
    "alternate_lines",
    "repeated_keys",
    "derived_rows",
  ];
  for (const name of names) await warehouse.execute(`DROP TABLE IF EXISTS ${name}`);
}
