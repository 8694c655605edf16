import type { ColumnType } from "../tables.ts";
import type { Condition, Expression, FromColumn } from "./mapping.ts";

/** A wrong value: where `when` holds, the row is set aside with this reason and detail (SQL text). */
export interface Doubt {
  readonly when: string;
  readonly reason: "bad_value" | "unknown_team" | "unknown_game";
  readonly detail: string;
}

/** An expression as SQL over the alias `source_file` of {@link Compiler.fields}, with the ways in which a row can fail it. */
export interface Compiled {
  readonly sql: string;
  readonly doubts: readonly Doubt[];
}

/** A join that gives the alias `name`, one row at most for each row of the file. */
export interface Lookup {
  readonly name: string;
  readonly join: string;
}

const conversionOf: Record<ColumnType, FromColumn["as"] & string> = {
  STRING: "text",
  INT64: "integer",
  FLOAT64: "number",
  BOOL: "boolean",
  DATE: "date",
  TIMESTAMP: "instant",
};

/** Compiles the expressions of one target over the columns that the file has. */
export class Compiler {
  readonly lookups: Lookup[] = [];
  /** Columns that a mapping asks for and the file lacks. */
  readonly missing = new Set<string>();
  /** Columns of the file that are used. */
  readonly used = new Set<string>();
  readonly #columns: ReadonlySet<string>;
  readonly #table: string;

  constructor(table: string, columns: readonly string[]) {
    this.#table = table;
    this.#columns = new Set(columns);
  }

  compile(expression: Expression, type: ColumnType): Compiled {
    if (typeof expression === "string") return this.#column({ from: expression }, type);
    if ("from" in expression) return this.#column(expression, type);
    if ("value" in expression) return exact(literal(expression.value));
    if ("has_column" in expression) return exact(literal(this.#columns.has(expression.has_column)));
    if ("first" in expression) {
      const parts = expression.first.map((part) => this.compile(part, type));
      return { sql: `COALESCE(${parts.map(({ sql }) => sql).join(", ")})`, doubts: doubtsOf(parts) };
    }
    if ("add" in expression) {
      const parts = expression.add.map((part) => this.compile(part, type));
      return { sql: `(${parts.map(({ sql }) => sql).join(" + ")})`, doubts: doubtsOf(parts) };
    }
    if ("when" in expression) {
      const condition = this.condition(expression.when);
      const yes = this.compile(expression.use, type);
      const no = this.compile(expression.otherwise, type);
      return {
        sql: `CASE WHEN ${condition} THEN ${yes.sql} ELSE ${no.sql} END`,
        doubts: [...within(yes.doubts, condition), ...within(no.doubts, `NOT (${condition})`)],
      };
    }
    if ("team" in expression) return this.#team(expression.team, expression.unknown === "keep");
    if ("arena" in expression) return this.#arena(expression.arena);
    return this.#player(expression.player);
  }

  /** A condition as SQL that is never NULL. */
  condition(condition: Condition): string {
    if ("present" in condition) {
      return condition.present.map((name) => `${this.#field(name)} IS NOT NULL`).join(" AND ");
    }
    if ("same_as" in condition) {
      return `COALESCE(${this.#field(condition.column)} = ${this.#field(condition.same_as)}, FALSE)`;
    }
    const field = this.#field(condition.column, condition.optional);
    // One program writes true, another TRUE or True.
    const tests = condition.in.map((value) =>
      value === "true" || value === "false"
        ? `parse_boolean(${field}) = ${value}`
        : `${field} = ${literal(value)}`,
    );
    return `COALESCE(${tests.join(" OR ")}, FALSE)`;
  }

  /** The used columns of the file with empty fields as NULL. */
  fields(source: string): string {
    const fields = [...this.used].map((name) => `field(source_file.${quoted(name)}) AS ${quoted(name)}`);
    return `(SELECT ${["source_file.source_row AS source_row", ...fields].join(", ")} FROM ${source} AS source_file)`;
  }

  /** TRUE where the source gives a player's name and no id. */
  fromName(expression: Expression | undefined): string {
    if (typeof expression !== "object") return "FALSE";
    if ("when" in expression) {
      return `CASE WHEN ${this.condition(expression.when)} THEN ${this.fromName(expression.use)}
        ELSE ${this.fromName(expression.otherwise)} END`;
    }
    if (!("player" in expression) || expression.player.name === undefined) return "FALSE";
    const id = expression.player.id === undefined ? "NULL" : this.compile(expression.player.id, "STRING").sql;
    return `${id} IS NULL`;
  }

  #field(name: string, optional = false): string {
    if (this.#columns.has(name)) {
      this.used.add(name);
      return `source_file.${quoted(name)}`;
    }
    if (!optional) this.missing.add(name);
    return "NULL";
  }

  #column(column: FromColumn, type: ColumnType): Compiled {
    const field = this.#field(column.from, column.optional);
    if (field === "NULL") return exact(typedNull(type));
    const text = column.part
      ? `NULLIF(TRIM(SPLIT_PART(${field}, ${literal(column.part.separator)}, ${column.part.index + 1})), '')`
      : field;
    const conversion = column.as ?? conversionOf[type];
    const sql = column.values ? chosen(text, column.values, column.other) : `parse_${conversion}(${text})`;
    const kind = column.values
      ? `one of ${Object.keys(column.values).join(", ")}`
      : conversion.replaceAll("_", " ");
    const doubt: Doubt = {
      when: `${text} IS NOT NULL AND ${sql} IS NULL`,
      reason: "bad_value",
      detail: `${literal(`${column.from} is no ${kind}: `)} || ${text}`,
    };
    const never = column.values ? column.other !== undefined : conversion === "text";
    return { sql, doubts: never ? [] : [doubt] };
  }

  #team(expression: Expression, keep: boolean): Compiled {
    const name = this.compile(expression, "STRING");
    const team = `${this.#lookup("team_names", "team", name.sql)}.team`;
    if (keep) return { sql: `COALESCE(${team}, ${name.sql})`, doubts: name.doubts };
    const doubt: Doubt = {
      when: `${name.sql} IS NOT NULL AND ${team} IS NULL`,
      reason: "unknown_team",
      detail: `'no NBA team: ' || ${name.sql}`,
    };
    return { sql: team, doubts: [...name.doubts, doubt] };
  }

  /** An arena that we do not know keeps a name of its own, as a player does: it is not guessed to be any other. */
  #arena(expression: Expression): Compiled {
    const name = this.compile(expression, "STRING");
    const arena = `${this.#lookup("arena_names", "arena_id", name.sql)}.arena_id`;
    return { sql: `COALESCE(${arena}, 'name:' || normalised_name(${name.sql}))`, doubts: name.doubts };
  }

  #player({ id, name }: { id?: Expression | undefined; name?: Expression | undefined }): Compiled {
    const known = id === undefined ? exact("NULL") : this.compile(id, "STRING");
    if (name === undefined) return known;
    const named = this.compile(name, "STRING");
    return {
      sql: `COALESCE(${known.sql}, 'name:' || NULLIF(normalised_name(${named.sql}), ''))`,
      doubts: [...known.doubts, ...named.doubts],
    };
  }

  /** Joins the distinct texts of an expression with a table of names, so that each text is looked up once. */
  #lookup(names: string, column: string, text: string): string {
    const found = this.lookups.find(({ join }) => join.includes(`${names} `) && join.includes(`= ${text}\n`));
    if (found) return found.name;
    const name = `${this.#table}_lookup_${this.lookups.length + 1}`;
    this.lookups.push({
      name,
      join: `LEFT JOIN (
  SELECT texts.text AS text, MIN(${names}.${column}) AS ${column}
  FROM (SELECT DISTINCT ${text} AS text FROM fields AS source_file) AS texts
  JOIN ${names} ON ${names}.name = normalised_name(texts.text)
  GROUP BY 1
) AS ${name} ON ${name}.text = ${text}\n`,
    });
    return name;
  }
}

function exact(sql: string): Compiled {
  return { sql, doubts: [] };
}

function doubtsOf(parts: readonly Compiled[]): Doubt[] {
  return parts.flatMap(({ doubts }) => doubts);
}

function within(doubts: readonly Doubt[], condition: string): Doubt[] {
  return doubts.map((doubt) => ({ ...doubt, when: `(${condition}) AND ${doubt.when}` }));
}

function chosen(
  text: string,
  values: Readonly<Record<string, string | number | boolean>>,
  other?: string | number | boolean,
): string {
  const cases = Object.entries(values).map(([from, to]) => `WHEN ${literal(from)} THEN ${literal(to)}`);
  if (other !== undefined)
    return `CASE WHEN ${text} IS NOT NULL THEN CASE ${text} ${cases.join(" ")} ELSE ${literal(other)} END END`;
  return `CASE ${text} ${cases.join(" ")} END`;
}

function typedNull(type: ColumnType): string {
  // A bare NULL has no type of its own; the staged table gives it one.
  return type === "STRING" ? "CAST(NULL AS STRING)" : "NULL";
}

/** A constant as SQL. An @ would be read as a parameter, so it is spelled as a character code. */
export function literal(value: string | number | boolean | null): string {
  if (value === null) return "NULL";
  if (typeof value !== "string") return String(value).toUpperCase();
  return `'${value.replaceAll("'", "''").replaceAll("@", "' || CHR(64) || '")}'`;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
