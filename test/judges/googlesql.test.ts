import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TABLES, tableOf } from "../../src/tables.ts";
import { GoogleSql, typeName } from "./googlesql.ts";
import { nodesOfKind } from "./tree.ts";

let google: GoogleSql;
beforeAll(async () => {
  google = await GoogleSql.connect();
});
afterAll(() => google.close());

describe("the language is BigQuery's", () => {
  it("reads timestamps without a zone as UTC", async () => {
    expect(
      await google.evaluate(
        "SELECT UNIX_SECONDS(TIMESTAMP '2022-10-18 23:30:00') AS seconds, EXTRACT(HOUR FROM @computed_at) AS hour",
        new Map(),
        { computed_at: "2022-10-18T23:30:00Z" },
      ),
      // 1666135800 = Date.UTC(2022, 9, 18, 23, 30) / 1000
    ).toEqual([{ seconds: 1666135800, hour: 23 }]);
  });

  it("has QUALIFY, named windows and IS DISTINCT FROM", async () => {
    const { columns } = await google.analyze(
      `SELECT game_id, pts IS DISTINCT FROM 0 AS scored FROM nba_raw.player_boxscores WHERE TRUE
       QUALIFY ROW_NUMBER() OVER w = 1 WINDOW w AS (PARTITION BY game_id ORDER BY player_id)`,
    );
    expect(columns).toEqual([
      { name: "game_id", type: "STRING" },
      { name: "scored", type: "BOOL" },
    ]);
  });

  it("refuses what BigQuery refuses", async () => {
    await expect(google.analyze("SELECT CAST(1 AS DOUBLE) AS x")).rejects.toThrow("Type not found: DOUBLE");
    await expect(google.analyze("SELECT ROW_NUMBER() OVER (PARTITION BY 1e0) AS n")).rejects.toThrow(
      "FLOAT64",
    );
    await expect(google.analyze("SELECT points FROM nba_raw.player_boxscores")).rejects.toThrow("points");
  });
});

describe("rows to the service and back", () => {
  it("keep every value", async () => {
    const table = tableOf("nba_raw.game_lines");
    const row = {
      game_id: "0022200001",
      bookmaker: "é 'quoted'",
      market: "spread",
      side: "home",
      snapshot_key: "",
      game_date: "2022-10-18",
      snapshot_at: "2022-10-18T23:29:59.500Z",
      snapshot_kind: "timed",
      point: -4.5,
      price: null,
      source: "test",
      loaded_at: "1969-12-31T23:59:59.250Z",
    };
    expect(await google.evaluate("SELECT * FROM nba_raw.game_lines", new Map([[table, [row]]]))).toEqual([
      row,
    ]);
  });

  it("keep integers beyond 2^53 as text", async () => {
    expect(await google.evaluate("SELECT 9007199254740993 AS n, TRUE AS b")).toEqual([
      { n: "9007199254740993", b: true },
    ]);
  });

  it("report an error of the statement as an error", async () => {
    await expect(google.evaluate("SELECT 1 / 0 AS x")).rejects.toThrow("division by zero");
  });
});

interface CreateTable {
  readonly namePath: readonly string[];
  readonly columnDefinitionList: readonly {
    readonly name: string;
    readonly type: { readonly typeKind: string };
    readonly annotations: { readonly notNull?: boolean };
  }[];
  readonly primaryKey: { readonly columnNameList: readonly string[]; readonly unenforced: boolean };
  readonly partitionByList?: unknown;
}

describe("the table statements", () => {
  it.each([...TABLES.values()])("$id is to the analyzer what it is to us", async (table) => {
    const { tree } = await google.analyze(table.ddl);
    const statement = [...nodesOfKind(tree, "resolvedCreateTableStmtNode")][0] as unknown as CreateTable;
    expect(statement.namePath).toEqual([table.dataset, table.name]);
    expect(
      statement.columnDefinitionList.map((column) => ({
        name: column.name,
        type: typeName(column.type.typeKind),
        required: column.annotations.notNull === true,
      })),
    ).toEqual(table.columns.map(({ name, type, required }) => ({ name, type, required })));
    expect(statement.primaryKey).toMatchObject({ columnNameList: table.key, unenforced: true });
    const partitions = [...nodesOfKind(statement.partitionByList, "resolvedColumnRefNode")];
    expect(partitions).toMatchObject(table.partitionBy ? [{ column: { name: table.partitionBy } }] : []);
  });
});
