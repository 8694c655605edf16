import { credentials, loadPackageDefinition, type ServiceClientConstructor } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import protobuf from "protobufjs";
import { inject } from "vitest";
import { dayNumber, fromDayNumber, type GameDate } from "../../src/dates.ts";
import { type ColumnType, DATASETS, TABLES, type Table } from "../../src/tables.ts";
import type { Parameters, Row, Value } from "../../src/warehouse/warehouse.ts";
import { SERVICE_FOLDER } from "./service.ts";
import type { Tree } from "./tree.ts";

// The tree of a long expression (a || b || c || ...) nests deeper than the 100 messages a reader takes by default.
protobuf.util.recursionLimit = 10_000;
protobuf.Reader.recursionLimit = 10_000;

/** What the parameters of a processor's statement are. */
const PARAMETER_TYPES: Readonly<Record<string, ColumnType>> = {
  processor_version: "STRING",
  run_id: "STRING",
  computed_at: "TIMESTAMP",
  first_target_date: "DATE",
  last_target_date: "DATE",
  first_input_date: "DATE",
  last_input_date: "DATE",
};

export interface OutputColumn {
  readonly name: string;
  readonly type: string;
}

export interface Analysis {
  readonly columns: readonly OutputColumn[];
  readonly tree: Tree;
}

const kindOf: Readonly<Record<ColumnType, string>> = {
  STRING: "TYPE_STRING",
  INT64: "TYPE_INT64",
  FLOAT64: "TYPE_DOUBLE",
  BOOL: "TYPE_BOOL",
  DATE: "TYPE_DATE",
  TIMESTAMP: "TYPE_TIMESTAMP",
};
const typeOf = new Map(Object.entries(kindOf).map(([type, kind]) => [kind, type as ColumnType]));

/** Our name of a type of the service; one that no table of ours has keeps its own name. */
export function typeName(kind: string): string {
  return typeOf.get(kind) ?? kind;
}

interface CellProto {
  readonly stringValue?: string;
  readonly int64Value?: string;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly dateValue?: number;
  readonly timestampValue?: { readonly seconds: string; readonly nanos?: number };
}

/** The real GoogleSQL: its analyzer, and its reference implementation, which says what our SQL means. */
export class GoogleSql {
  readonly #call: (method: string, request: object) => Promise<Tree>;
  readonly close: () => void;
  #languageOptions: object = {};

  private constructor(port: number) {
    const definition = loadSync("local_service.proto", {
      // Longs as text: INT64 beyond 2^53 arrive whole. Defaults left out: a resolved tree is ten times smaller.
      longs: String,
      enums: String,
      includeDirs: [`${SERVICE_FOLDER}/protos`],
    });
    // biome-ignore lint/suspicious/noExplicitAny: the loader types packages as an open tree
    const Client = (loadPackageDefinition(definition) as any).zetasql.local_service
      .ZetaSqlLocalService as ServiceClientConstructor;
    const client = new Client(`localhost:${port}`, credentials.createInsecure(), {
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
      "grpc.enable_http_proxy": 0,
    });
    this.close = () => client.close();
    this.#call = (method, request) =>
      new Promise((answer, refuse) => {
        // biome-ignore lint/complexity/noBannedTypes: the client has its methods only at run time
        (client[method] as unknown as Function).call(
          client,
          request,
          (error: { details?: string } | null, response: Tree) =>
            error ? refuse(new Error(error.details ?? String(error))) : answer(response),
        );
      });
  }

  /** The client of the service that this test run started, with the language as BigQuery has it. */
  static async connect(port: number = inject("googleSqlPort")): Promise<GoogleSql> {
    const google = new GoogleSql(port);
    const maximum = await google.#call("getLanguageOptions", { maximumFeatures: true });
    google.#languageOptions = {
      ...maximum,
      enabledLanguageFeatures: [...(maximum.enabledLanguageFeatures as string[]), "FEATURE_INTERVAL_TYPE"],
      productMode: "PRODUCT_EXTERNAL",
      supportedStatementKinds: [],
    };
    return google;
  }

  /** The tree of a text as written. Throws with the position where it does not parse. */
  async parse(sql: string): Promise<Tree> {
    return this.#call("parse", { sqlStatement: sql, options: this.#languageOptions });
  }

  /** Output columns and resolved tree of a statement over our tables. Throws what the analyzer says. */
  async analyze(sql: string, parameters = PARAMETER_TYPES): Promise<Analysis> {
    const response = await this.#call("analyze", {
      sqlStatement: sql,
      options: this.#options(parameters),
      simpleCatalog: {
        ...this.#catalog([]),
        catalog: DATASETS.map((dataset) =>
          this.#catalog(
            [...TABLES.values()].filter((table) => table.dataset === dataset),
            (table) => table.name,
          ),
        ),
      },
    });
    const tree = response.resolvedStatement as Tree;
    // biome-ignore lint/suspicious/noExplicitAny: a query's output columns, as the protocol nests them
    const outputs = ((tree.resolvedQueryStmtNode as any)?.outputColumnList ?? []) as any[];
    return {
      tree,
      columns: outputs.map((output) => ({ name: output.name, type: typeName(output.column.type.typeKind) })),
    };
  }

  /**
   * The rows that a statement gives on these rows, in no order; columns that a row lacks are NULL. The service refuses
   * requests over 4 MB.
   */
  async evaluate(
    sql: string,
    content: ReadonlyMap<Table, readonly Row[]> = new Map(),
    parameters: Parameters = {},
    types = PARAMETER_TYPES,
  ): Promise<Row[]> {
    const used = Object.entries(parameters).filter(([name]) => new RegExp(`@${name}\\b`).test(sql));
    const response = await this.#call("evaluateQuery", {
      sql: quoteTables(sql),
      options: this.#options(types),
      simpleCatalog: this.#catalog([...content.keys()], (table) => table.id),
      tableContent: Object.fromEntries(
        [...content].map(([table, rows]) => [
          table.id,
          { tableData: { row: rows.map((row) => rowOf(table, row)) } },
        ]),
      ),
      params: used.map(([name, value]) => ({ name, value: toCell(types[name]!, value) })),
    });
    // biome-ignore lint/suspicious/noExplicitAny: rows and columns, as the protocol nests them
    const { prepared, content: result } = response as any;
    const rows: { cell: CellProto[] }[] = result?.tableData?.row ?? [];
    return rows.map((row) =>
      Object.fromEntries(
        (prepared.columns as { name: string }[]).map(({ name }, index) => [name, fromCell(row.cell[index]!)]),
      ),
    );
  }

  #options(types: Readonly<Record<string, ColumnType>>): object {
    return {
      languageOptions: this.#languageOptions,
      defaultTimezone: "UTC",
      errorMessageMode: "ERROR_MESSAGE_ONE_LINE",
      parseLocationRecordType: "PARSE_LOCATION_RECORD_FULL_NODE_SCOPE",
      // A scan in the resolved tree lists the columns that the statement reads of its table.
      pruneUnusedColumns: true,
      queryParameters: Object.entries(types).map(([name, type]) => ({
        name,
        type: { typeKind: kindOf[type] },
      })),
    };
  }

  #catalog(tables: readonly Table[], nameOf: (table: Table) => string = (table) => table.id): object {
    return {
      name: tables[0]?.dataset ?? "warehouse",
      builtinFunctionOptions: { languageOptions: this.#languageOptions },
      table: tables.map((table) => ({
        name: nameOf(table),
        fullName: table.id,
        column: table.columns.map((column) => ({
          name: column.name,
          type: { typeKind: kindOf[column.type] },
        })),
      })),
    };
  }
}

/** The reference implementation finds content only under a table's whole name: `nba_raw.schedule` in backquotes. */
function quoteTables(sql: string): string {
  return sql.replace(new RegExp(`\\b(?:${DATASETS.join("|")})\\.\\w+`, "g"), "`$&`");
}

function rowOf(table: Table, row: Row): { cell: CellProto[] } {
  return { cell: table.columns.map(({ name, type }) => toCell(type, row[name] ?? null)) };
}

function toCell(type: ColumnType, value: Value): CellProto {
  if (value === null) return {};
  switch (type) {
    case "STRING":
      return { stringValue: String(value) };
    case "INT64":
      return { int64Value: String(value) };
    case "FLOAT64":
      return { doubleValue: Number(value) };
    case "BOOL":
      return { boolValue: value === true };
    case "DATE":
      return { dateValue: dayNumber(value as GameDate) };
    case "TIMESTAMP": {
      const milliseconds = Date.parse(String(value));
      const seconds = Math.floor(milliseconds / 1000);
      return {
        timestampValue: { seconds: String(seconds), nanos: (milliseconds - seconds * 1000) * 1_000_000 },
      };
    }
  }
}

function fromCell(cell: CellProto): Value {
  if (cell.stringValue !== undefined) return cell.stringValue;
  if (cell.boolValue !== undefined) return cell.boolValue;
  if (cell.doubleValue !== undefined) return cell.doubleValue;
  if (cell.dateValue !== undefined) return fromDayNumber(cell.dateValue);
  if (cell.int64Value !== undefined) {
    const number = Number(cell.int64Value);
    return Number.isSafeInteger(number) ? number : cell.int64Value;
  }
  if (cell.timestampValue !== undefined) {
    const { seconds, nanos = 0 } = cell.timestampValue;
    return new Date(Number(seconds) * 1000 + Math.floor(nanos / 1_000_000)).toISOString();
  }
  if (Object.keys(cell).length > 0)
    throw new Error(`a value of a type no table of ours has: ${JSON.stringify(cell)}`);
  return null;
}
