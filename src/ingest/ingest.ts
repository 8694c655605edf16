import { fileURLToPath } from "node:url";
import { BackfillError } from "../errors.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { Mappings } from "./choose.ts";
import { RAW_TABLES } from "./columns.ts";
import { type Derived, deriveAll } from "./derive.ts";
import { findFiles, type InputFile } from "./files.ts";
import { createArenaNames, createKnownGames, createTeamNames } from "./lookups.ts";
import type { Mapping } from "./mapping.ts";
import { apply, judge, type MergedRows } from "./merge.ts";
import {
  commitQuarantine,
  countRetried,
  createStagedQuarantine,
  keepMapping,
  release,
  rowsToRetry,
  setAside,
  setAsideBrokenLines,
} from "./quarantine.ts";
import { createStaged, type Source, skippedStatement, stageStatement } from "./stage.ts";
import type { FileSummary, IngestSummary, TableCounts } from "./summary.ts";

export interface IngestRequest {
  /** Files, folders or globs. */
  readonly paths: readonly string[];
  /** A shipped mapping's name, or a mapping file; without it the columns of each file choose. */
  readonly mapping?: string | undefined;
  /** Judge everything, write nothing: no statement touches a table of the warehouse. */
  readonly dryRun?: boolean | undefined;
  /** Minutes before tip-off (or noon) at which what is known beforehand ends. */
  readonly lineLeadMinutes?: number | undefined;
}

export interface IngestEffects {
  readonly now: Date;
  readonly progress?: (message: string) => void;
  /** Runs in the transaction of the ingest, after everything is derived. */
  readonly afterLoad?: () => Promise<void>;
}

/** Loads raw files: all of what fits, what does not into quarantine, in one transaction. */
export function ingest(
  warehouse: Warehouse,
  request: IngestRequest,
  effects: IngestEffects,
): Promise<IngestSummary> {
  const mappings = new Mappings();
  const given = request.mapping === undefined ? undefined : mappings.given(request.mapping);
  const { files, skipped } = findFiles(request.paths);
  return warehouse.transaction(() =>
    new Ingest(warehouse, request, effects, mappings, given).run(files, skipped),
  );
}

interface ScannedSource extends Source {
  readonly path: string;
  readonly rows: number;
  readonly brokenLines: number;
}

/** One ingest on its way through the warehouse's temporary tables. */
class Ingest {
  readonly #warehouse: Warehouse;
  readonly #request: IngestRequest;
  readonly #effects: IngestEffects;
  readonly #mappings: Mappings;
  readonly #given: Mapping | undefined;
  readonly #loadedAt: string;

  constructor(
    warehouse: Warehouse,
    request: IngestRequest,
    effects: IngestEffects,
    mappings: Mappings,
    given: Mapping | undefined,
  ) {
    this.#warehouse = warehouse;
    this.#request = request;
    this.#effects = effects;
    this.#mappings = mappings;
    this.#given = given;
    this.#loadedAt = effects.now.toISOString().replace("T", " ").replace("Z", "+00");
  }

  async run(
    files: readonly InputFile[],
    skipped: readonly { path: string; reason: string }[],
  ): Promise<IngestSummary> {
    const warehouse = this.#warehouse;
    const skippedFiles = skipped.map(({ path, reason }) => ({ file: path, reason }));
    const scanned: ScannedSource[] = [];
    for (const file of files) {
      const source = await this.#scan(file, scanned.length + 1);
      if (typeof source === "string") skippedFiles.push({ file: file.path, reason: source });
      else scanned.push(source);
    }
    if (scanned.length === 0) {
      const reasons = skippedFiles.map(({ file, reason }) => `${file} (${reason})`).join(", ");
      throw new BackfillError("input-invalid", `nothing to load: ${reasons}`);
    }
    const retried = await rowsToRetry(warehouse, this.#mappings);
    const sources: Source[] = [await this.#shippedArenas(), ...scanned, ...retried];

    const tables = await this.#stage(sources);
    await createStagedQuarantine(warehouse);
    const merged = new Map<string, MergedRows[]>();
    for (const table of tables) {
      this.#tell(`comparing ${table}`);
      merged.set(table, await judge(warehouse, table));
    }
    for (const source of scanned) await this.#setAside(source, merged);

    const counts = await Promise.all(retried.map((source) => countRetried(warehouse, source)));
    const filesSummary: FileSummary[] = [];
    for (const source of scanned) filesSummary.push(await this.#summarise(source, merged));

    let derived: Derived[] = [];
    let removedShots = 0;
    if (!this.#request.dryRun) {
      for (const table of tables) {
        this.#tell(`loading ${table}`);
        removedShots += await apply(warehouse, table);
      }
      await commitQuarantine(warehouse);
      for (const source of retried) await release(warehouse, source);
      if (this.#given && !this.#mappings.named(this.#given.name)) await keepMapping(warehouse, this.#given);
      this.#tell("deriving");
      derived = await deriveAll(warehouse, this.#request.lineLeadMinutes ?? 0);
      await this.#effects.afterLoad?.();
    }
    const summary = {
      dryRun: this.#request.dryRun ?? false,
      files: filesSummary,
      skippedFiles,
      retried: {
        rows: counts.reduce((sum, { rows }) => sum + rows, 0),
        released: counts.reduce((sum, { released }) => sum + released, 0),
      },
      removedShots,
      derived: derived.filter(({ rows }) => rows > 0),
      unresolved: await this.#unresolved(),
    };
    await this.#dropTemporary(sources, tables);
    return summary;
  }

  async #scan(file: InputFile, number: number): Promise<ScannedSource | string> {
    this.#tell(`reading ${file.path}`);
    const table = `source_${number}`;
    const { columns, rows, brokenLines } = await this.#warehouse.scanFile(file.path, file.format, table);
    const mapping = this.#given ?? this.#mappings.forColumns(columns);
    if (mapping) {
      return {
        number,
        table,
        columns,
        rows,
        brokenLines,
        name: file.path,
        path: file.path,
        mapping,
        retry: false,
      };
    }
    const reason = `no mapping knows its columns ${columns.join(", ")}`;
    if (file.named)
      throw new BackfillError("mapping-invalid", `${file.path}: ${reason}; give one with --mapping`);
    return reason;
  }

  /** The arenas that ship with the project come with every ingest; a row of the user's own stays. */
  async #shippedArenas(): Promise<Source> {
    const path = fileURLToPath(new URL("data/arenas.csv", import.meta.url));
    const { columns } = await this.#warehouse.scanFile(path, "csv", "source_arenas");
    const mapping = { ...this.#mappings.named("own-arenas")!, source: { value: "nba-backfill" } };
    return { number: 0, table: "source_arenas", columns, name: "arenas.csv", mapping, retry: false };
  }

  /** Stages every file in the order in which tables need each other; gives the tables that got rows. */
  async #stage(sources: readonly Source[]): Promise<string[]> {
    const warehouse = this.#warehouse;
    await createTeamNames(warehouse);
    const staged: string[] = [];
    for (const table of Object.keys(RAW_TABLES)) {
      const wanted = sources.filter(({ mapping }) =>
        mapping.targets.some((target) => target.table === table),
      );
      const coverage = table === "shot_coverage" && staged.includes("shots");
      if (wanted.length > 0 || coverage || table === "arenas" || table === "schedule") {
        this.#tell(`converting ${table}`);
        await createStaged(warehouse, table);
        for (const source of wanted) await this.#stageFile(source, table);
        if (coverage) await stageCoverage(warehouse);
        staged.push(table);
      }
      if (table === "arenas") await createArenaNames(warehouse);
      if (table === "schedule") await createKnownGames(warehouse);
    }
    return staged;
  }

  async #stageFile(source: Source, table: string): Promise<void> {
    for (const target of source.mapping.targets) {
      if (target.table !== table) continue;
      const { sql, missing } = stageStatement(source, target, this.#loadedAt);
      if (missing.length > 0 && !source.retry) {
        throw new BackfillError(
          "mapping-invalid",
          `mapping ${source.mapping.name} needs columns that ${source.name} lacks: ${missing.join(", ")}; it has ${source.columns.join(", ")}`,
        );
      }
      await this.#warehouse.execute(sql);
    }
  }

  async #setAside(source: ScannedSource, merged: ReadonlyMap<string, readonly MergedRows[]>): Promise<void> {
    for (const [table, rows] of merged) {
      if (rows.some((row) => row.file_number === source.number && row.outcome === "quarantined")) {
        await setAside(this.#warehouse, source, table, this.#loadedAt);
      }
    }
    if (source.brokenLines > 0) await setAsideBrokenLines(this.#warehouse, source, this.#loadedAt);
  }

  async #summarise(
    source: ScannedSource,
    merged: ReadonlyMap<string, readonly MergedRows[]>,
  ): Promise<FileSummary> {
    const tables: TableCounts[] = [];
    for (const table of new Set(source.mapping.targets.map((target) => target.table))) {
      const outcomes = merged.get(table)!.filter((row) => row.file_number === source.number);
      const count = (outcome: MergedRows["outcome"]) =>
        outcomes.find((row) => row.outcome === outcome)?.rows ?? 0;
      const reasons = count("quarantined") === 0 ? {} : await this.#reasons(source, table);
      tables.push({
        table: `nba_raw.${table}`,
        rows: outcomes.reduce((sum, { rows }) => sum + rows, 0),
        inserted: count("inserted"),
        replaced: count("replaced"),
        unchanged: count("unchanged"),
        duplicate: count("duplicate"),
        superseded: count("superseded"),
        quarantined: count("quarantined"),
        reasons,
      });
    }
    const skippedSql = skippedStatement(source);
    const skipped = skippedSql
      ? await this.#warehouse.read<{ reason: string; skipped: number }>(skippedSql)
      : [];
    return {
      file: source.path,
      mapping: source.mapping.name,
      rows: source.rows,
      brokenLines: source.brokenLines,
      skippedRows: Object.fromEntries(skipped.map((row) => [row.reason, row.skipped])),
      tables,
    };
  }

  async #reasons(source: Source, table: string): Promise<Record<string, number>> {
    const rows = await this.#warehouse.read<{ reason: string; rows: number }>(
      `SELECT reason, COUNT(*) AS rows FROM (
         SELECT SUBSTR(problem, 1, STRPOS(problem, ': ') - 1) AS reason FROM staged_${table}
         WHERE problem IS NOT NULL AND file_number = ${source.number}
         UNION ALL
         SELECT 'conflicting_duplicate' FROM judged_${table}
         WHERE outcome = 'quarantined' AND file_number = ${source.number}
       ) AS problems GROUP BY reason ORDER BY reason`,
    );
    return Object.fromEntries(rows.map((row) => [row.reason, row.rows]));
  }

  async #unresolved(): Promise<IngestSummary["unresolved"]> {
    const [found] = await this.#warehouse.read<{ players: number; arenas: number }>(
      `SELECT
         (SELECT COUNT(DISTINCT player_id) FROM (
           SELECT player_id FROM nba_raw.player_props WHERE from_name
           UNION ALL SELECT player_id FROM nba_raw.injury_reports WHERE from_name
           UNION ALL SELECT player_id FROM nba_raw.rosters WHERE from_name
         ) AS named WHERE STARTS_WITH(player_id, 'name:')) AS players,
         (SELECT COUNT(DISTINCT arena_id) FROM nba_raw.schedule WHERE STARTS_WITH(arena_id, 'name:')) AS arenas`,
    );
    return found!;
  }

  async #dropTemporary(sources: readonly Source[], tables: readonly string[]): Promise<void> {
    const names = [
      ...sources.flatMap(({ table }) => [
        table,
        `${table}_broken`,
        `${table}_rejects`,
        `${table}_rejects_scan`,
      ]),
      ...tables.flatMap((table) => [`staged_${table}`, `judged_${table}`]),
      "numbered_shots",
      "repeated_keys",
      "staged_quarantine",
    ];
    for (const name of names) await this.#warehouse.execute(`DROP TABLE IF EXISTS ${name}`);
  }

  #tell(message: string): void {
    this.#effects.progress?.(message);
  }
}

/** What the shots being loaded say of their games; counts and zone method are derived at the end. */
async function stageCoverage(warehouse: Warehouse): Promise<void> {
  await warehouse.execute(
    `INSERT INTO staged_shot_coverage (file_number, source_row, game_id, game_date, home_shots, away_shots,
       has_assists, has_blocks, zone_method, source, loaded_at)
     SELECT file_number, MIN(source_row), game_id, MIN(game_date), 0, 0,
       COALESCE(LOGICAL_OR(has_assists), FALSE), COALESCE(LOGICAL_OR(has_blocks), FALSE), '', MIN(source), MIN(loaded_at)
     FROM staged_shots WHERE problem IS NULL GROUP BY file_number, game_id`,
  );
}
