import { BackfillError } from "../errors.ts";
import { tableOf } from "../tables.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { Mappings } from "./choose.ts";
import { EXTRA_COLUMNS, fillableColumns } from "./columns.ts";
import { Compiler, literal } from "./expression.ts";
import { findFiles } from "./files.ts";
import { type IngestRequest, ingest } from "./ingest.ts";
import type { Expression, Mapping, Target } from "./mapping.ts";
import type { FileSummary } from "./summary.ts";

/** How a row of the file fills one raw table. */
export interface TargetExplanation {
  readonly table: string;
  readonly columns: readonly { readonly column: string; readonly how: string }[];
  /** Columns of the table that stay empty or at their default. */
  readonly unfilled: readonly string[];
}

export interface SetAside {
  readonly table: string;
  readonly reason: string;
  readonly detail: string;
  /** File and row. */
  readonly where: string;
}

/** How a file would be read. */
export interface FileExplanation {
  readonly file: string;
  /** NULL where no mapping knows the file, or it cannot be read. */
  readonly mapping: string | null;
  readonly why: string;
  /** Columns that the mapping needs and the file lacks: it would be refused. */
  readonly lacking: readonly string[];
  readonly unused: readonly string[];
  readonly targets: readonly TargetExplanation[];
  /** What would become of its rows; absent where it would be refused. */
  readonly outcome?: FileSummary;
  /** Up to three examples of each reason. */
  readonly examples: readonly SetAside[];
}

/** Explains how files would be read, against what the warehouse holds, and writes nothing. */
export async function explain(
  warehouse: Warehouse,
  request: Pick<IngestRequest, "paths" | "mapping">,
  now: Date,
): Promise<FileExplanation[]> {
  const mappings = new Mappings();
  const given = request.mapping === undefined ? undefined : mappings.given(request.mapping);
  const explained: FileExplanation[] = [];
  for (const { path, format } of findFiles(request.paths).files) {
    const scanned = await warehouse.scanFile(path, format, "explained").catch(unreadable);
    explained.push(
      "why" in scanned ? unread(path, scanned.why, []) : explainFile(path, scanned.columns, mappings, given),
    );
  }
  await warehouse.execute("DROP TABLE IF EXISTS explained");
  await warehouse.execute("DROP TABLE IF EXISTS explained_broken");

  const paths = explained
    .filter(({ mapping, lacking }) => mapping !== null && lacking.length === 0)
    .map(({ file }) => file);
  if (paths.length === 0) return explained;
  const examples = new Map<string, SetAside[]>();
  const summary = await ingest(
    warehouse,
    { paths, mapping: request.mapping, dryRun: true },
    {
      now,
      afterJudging: async () => {
        for (const path of paths) examples.set(path, await examplesOf(warehouse, path));
      },
    },
  );
  return explained.map((file) => {
    const outcome = summary.files.find((one) => one.file === file.file);
    return outcome ? { ...file, outcome, examples: examples.get(file.file)! } : file;
  });
}

/** A file that is broken is told with the others; anything else ends the report. */
function unreadable(error: unknown): { readonly why: string } {
  if (error instanceof BackfillError && error.code === "input-invalid") return { why: error.message };
  throw error;
}

function unread(file: string, why: string, unused: readonly string[]): FileExplanation {
  return { file, mapping: null, why, lacking: [], unused, targets: [], examples: [] };
}

function explainFile(
  file: string,
  columns: readonly string[],
  mappings: Mappings,
  given: Mapping | undefined,
): FileExplanation {
  const mapping = given ?? mappings.forColumns(columns);
  if (!mapping) return unread(file, mappings.whyNone(columns), columns);
  const compiler = new Compiler("explained", columns);
  compileAll(compiler, mapping);
  return {
    file,
    mapping: mapping.name,
    why: given
      ? "given with --mapping"
      : `its columns ${mapping.recognise.join(", ")}; of all mappings that fit the one that asks for most`,
    lacking: [...compiler.missing],
    unused: columns.filter((column) => !compiler.used.has(column)),
    targets: mapping.targets.map((target) => explainTarget(target, columns)),
    examples: [],
  };
}

/** Notes on the compiler what the mapping uses of the file and what it misses. */
function compileAll(compiler: Compiler, mapping: Mapping): void {
  const { game, skip = [], source, targets } = mapping;
  for (const expression of [source, game?.id, game?.date, ...(game?.teams ?? [])]) {
    if (expression !== undefined) compiler.compile(expression, "STRING");
  }
  for (const { when } of skip) compiler.condition(when);
  for (const { table, when, columns } of targets) {
    if (when) compiler.condition(when);
    for (const [column, expression] of Object.entries(columns)) {
      compiler.compile(expression, typeOf(table, column));
    }
  }
}

function typeOf(table: string, column: string) {
  const all = [...tableOf(`nba_raw.${table}`).columns, ...(EXTRA_COLUMNS[table] ?? [])];
  return all.find(({ name }) => name === column)!.type;
}

function explainTarget({ table, columns }: Target, has: readonly string[]): TargetExplanation {
  const filled = Object.entries(columns).filter(([, expression]) => readsSomething(expression, has));
  const extra = EXTRA_COLUMNS[table] ?? [];
  const names = new Set(
    filled.flatMap(([name]) => [name, ...(extra.find((column) => column.name === name)?.fills ?? [])]),
  );
  return {
    table: `nba_raw.${table}`,
    columns: filled.map(([column, expression]) => ({ column, how: inWords(expression) })),
    unfilled: fillableColumns(table)!.filter((name) => !names.has(name)),
  };
}

/** FALSE for a plain column that may be absent and is. */
function readsSomething(expression: Expression, has: readonly string[]): boolean {
  if (typeof expression === "string") return has.includes(expression);
  return !("from" in expression) || has.includes(expression.from);
}

function inWords(expression: Expression): string {
  if (typeof expression === "string") return expression;
  if ("from" in expression) {
    const { from, as, part, values } = expression;
    return [
      from,
      part ? `part ${part.index + 1} at '${part.separator}'` : "",
      as ? `as ${as.replaceAll("_", " ")}` : "",
      values ? "by its list of values" : "",
    ]
      .filter((word) => word !== "")
      .join(", ");
  }
  if ("value" in expression) return `always ${JSON.stringify(expression.value)}`;
  if ("has_column" in expression) return `whether there is a column ${expression.has_column}`;
  if ("first" in expression) return `first known of (${expression.first.map(inWords).join("; ")})`;
  if ("add" in expression) return `sum of (${expression.add.map(inWords).join("; ")})`;
  if ("team" in expression) return `team of ${inWords(expression.team)}`;
  if ("arena" in expression) return `arena of ${inWords(expression.arena)}`;
  if ("when" in expression) {
    return `by a condition (${inWords(expression.use)}; else ${inWords(expression.otherwise)})`;
  }
  const { id, name } = expression.player;
  const parts = [id && `id ${inWords(id)}`, name && `name ${inWords(name)}`].filter(Boolean);
  return `player by ${parts.join(", else ")}`;
}

async function examplesOf(warehouse: Warehouse, path: string): Promise<SetAside[]> {
  return warehouse.read<SetAside & { readonly [column: string]: string }>(
    `SELECT table_name AS "table", reason, detail, file AS "where" FROM staged_quarantine
     WHERE STARTS_WITH(file, ${literal(`${path}, `)})
     QUALIFY ROW_NUMBER() OVER (PARTITION BY table_name, reason ORDER BY detail, file) <= 3
     ORDER BY table_name, reason, detail, file`,
  );
}
