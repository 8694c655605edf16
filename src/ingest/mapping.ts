import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { BackfillError, messageOf } from "../errors.ts";
import { tableOf } from "../tables.ts";
import { EXTRA_COLUMNS, fillableColumns } from "./columns.ts";

/** What the text of a source column means; each is a function of that name in the warehouse (parse_season, ...). */
export const CONVERSIONS = [
  "text",
  "integer",
  "number",
  "boolean",
  "date",
  "us_date",
  "eastern_date",
  "instant",
  "eastern_instant",
  "season",
  "game_id",
  "espn_game_id",
  "person_id",
  "minutes_to_seconds",
  "clock_to_seconds",
  "feet_to_tenths",
  "negated",
  "american_odds",
  "decimal_odds",
  "normalised_name",
  "last_first",
] as const;

const constant = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A column of a file; names are compared in lower case. */
const column = z.string().transform((name) => name.trim().toLowerCase());

const fromColumn = z.strictObject({
  from: column,
  as: z.enum(CONVERSIONS).optional(),
  /** One part of the text: `{"separator": " @ ", "index": 0}`. */
  part: z.strictObject({ separator: z.string().min(1), index: z.int().min(0) }).optional(),
  /** Text of the source to value of ours; text that is not listed is a bad value. */
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** With `values`: what text that is not listed means, instead of a bad value. */
  other: z.union([z.string(), z.number(), z.boolean()]).optional(),
  /** NULL where the file lacks the column, instead of a refusal. */
  optional: z.literal(true).optional(),
});

const condition = z.union([
  z.strictObject({ present: z.array(column).min(1) }),
  z.strictObject({
    column,
    in: z.array(z.string()).min(1),
    optional: z.literal(true).optional(),
  }),
  z.strictObject({ column, same_as: column }),
]);

/** How a column of ours is filled from a row of the file. */
export type Expression =
  | string
  | z.infer<typeof fromColumn>
  | { value: z.infer<typeof constant> }
  | { first: Expression[] }
  | { add: Expression[] }
  | { when: z.infer<typeof condition>; use: Expression; otherwise: Expression }
  | { team: Expression; unknown?: "keep" | undefined }
  | { arena: Expression }
  | { player: { id?: Expression | undefined; name?: Expression | undefined } }
  | { has_column: string };

const expression: z.ZodType<Expression> = z.lazy(() =>
  z.union([
    column,
    fromColumn,
    z.strictObject({ value: constant }),
    z.strictObject({ first: z.array(expression).min(1) }),
    z.strictObject({ add: z.array(expression).min(2) }),
    z.strictObject({ when: condition, use: expression, otherwise: expression }),
    // A name, tricode or NBA team id; `keep` lets teams pass that are none of the thirty (All-Star games).
    z.strictObject({ team: expression, unknown: z.literal("keep").optional() }),
    z.strictObject({ arena: expression }),
    // The id where the source has one, else resolved from the name.
    z.strictObject({ player: z.strictObject({ id: expression.optional(), name: expression.optional() }) }),
    z.strictObject({ has_column: column }),
  ]),
);

const target = z.strictObject({
  table: z.string(),
  /** Only rows of the file that fulfil it make a row here. */
  when: condition.optional(),
  columns: z.record(z.string(), expression),
});

const mappingSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  description: z.string(),
  /** The columns by which a file is recognised. */
  recognise: z.array(column).min(1),
  /** All columns that such a file can have; any other, and it is not one. */
  only: z.array(column).optional(),
  /** What to write in the column `source`; the name of the mapping if not given. */
  source: expression.optional(),
  /** How the game is found: by its id, else by its date and two teams in any order. */
  game: z
    .strictObject({
      id: expression.optional(),
      date: expression.optional(),
      teams: z.tuple([expression, expression]).optional(),
    })
    .optional(),
  /** Rows of the file that are none for us, with the reason that the summary gives. */
  skip: z.array(z.strictObject({ when: condition, reason: z.string() })).optional(),
  targets: z.array(target).min(1),
});

export type Mapping = z.infer<typeof mappingSchema>;
export type Target = z.infer<typeof target>;
export type Condition = z.infer<typeof condition>;
export type FromColumn = z.infer<typeof fromColumn>;

/** Reads a mapping and checks it against the tables. Throws `mapping-invalid` with what is wrong and where. */
export function parseMapping(json: string, where: string): Mapping {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (error) {
    throw new BackfillError("mapping-invalid", `${where} is not JSON: ${messageOf(error)}`);
  }
  const parsed = mappingSchema.safeParse(data);
  if (!parsed.success) {
    const { path, message } = clearest(parsed.error.issues[0]!);
    throw new BackfillError("mapping-invalid", `${where}: ${path.join(".") || "mapping"}: ${message}`);
  }
  for (const { table, columns } of parsed.data.targets) checkColumns(table, Object.keys(columns), where);
  return parsed.data;
}

/** What is wrong, as deep in a union as one of its kinds fits all but for a value or a key too many. */
function clearest(issue: z.core.$ZodIssue): { path: readonly PropertyKey[]; message: string } {
  if (issue.code !== "invalid_union") return issue;
  const fitting = issue.errors.find((branch) => !branch.some(isOfAnotherKind));
  if (!fitting) return { path: issue.path, message: "none of the kinds that docs/mappings.md lists" };
  const { path, message } = clearest(fitting[0]!);
  return { path: [...issue.path, ...path], message };
}

function isOfAnotherKind(issue: z.core.$ZodIssue): boolean {
  if (issue.code === "invalid_union") return issue.errors.every((branch) => branch.some(isOfAnotherKind));
  return issue.code === "invalid_type";
}

function checkColumns(table: string, columns: readonly string[], where: string): void {
  const fillable = fillableColumns(table);
  if (!fillable) throw new BackfillError("mapping-invalid", `${where}: there is no raw table ${table}`);
  const extra = EXTRA_COLUMNS[table] ?? [];
  for (const column of columns) {
    if (fillable.includes(column) || extra.some(({ name }) => name === column)) continue;
    const exists = tableOf(`nba_raw.${table}`).columns.some(({ name }) => name === column);
    throw new BackfillError(
      "mapping-invalid",
      exists
        ? `${where}: ${table}.${column} is derived and cannot be mapped`
        : `${where}: ${table} has no column ${column}; it has ${fillable.join(", ")}`,
    );
  }
}

/** The mappings that ship with the project, without those of our own layout. */
export function shippedMappings(): Mapping[] {
  const folder = new URL("mappings/", import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => parseMapping(readFileSync(new URL(file, folder), "utf8"), file));
}
