import { tableOf } from "../../src/tables.ts";
import { argumentsOf, conjuncts, functionOf } from "./lint-rules.ts";
import { flat, type Node, nodesOfKind, type Tree } from "./tree.ts";

/** A place where a statement reads a table. */
export interface Scan {
  readonly table: string;
  /** The date parameters that bound the partition column; undefined for a table without partitions. */
  readonly bounds: string | undefined;
  /** The columns that the statement reads. */
  readonly columns: readonly string[];
}

interface ScanNode {
  readonly table: { readonly fullName: string };
  readonly columnList: readonly { readonly columnId: string; readonly name: string }[];
}

/** Every scan of a table below a resolved tree, with what bounds it in a WHERE. */
export function scansOf(tree: unknown): Scan[] {
  const bounds = boundsByColumn(tree);
  return nodesOfKind(tree, "resolvedTableScanNode").map((node) => {
    const scan = node as unknown as ScanNode;
    const table = tableOf(scan.table.fullName);
    const column = scan.columnList.find(({ name }) => name === table.partitionBy);
    return {
      table: table.id,
      bounds: table.partitionBy && (bounds.get(column?.columnId ?? "") ?? []).join(" "),
      columns: scan.columnList.map(({ name }) => name),
    };
  });
}

/** The CTEs at the top of a statement, by name. */
export function topLevelCtes(tree: Tree): ReadonlyMap<string, Tree> {
  const [outermost] = nodesOfKind(tree, "resolvedWithScanNode");
  const entries = (outermost?.withEntryList ?? []) as readonly Tree[];
  return new Map(entries.map((entry) => [String(entry.withQueryName), flat(entry)]));
}

/** The names of the CTEs that something reads. */
export function referencedCtes(tree: Tree): ReadonlySet<string> {
  return new Set(nodesOfKind(tree, "resolvedWithRefScanNode").map((node) => String(node.withQueryName)));
}

/** Column id to the parameters it is compared with: from first to last. */
function boundsByColumn(tree: unknown): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const filter of nodesOfKind(tree, "resolvedFilterScanNode")) {
    for (const condition of conjuncts(filter.filterExpr)) {
      if (!["$between", "$greater_or_equal", "$less_or_equal"].includes(functionOf(condition))) continue;
      const [column, ...limits] = argumentsOf(condition);
      if (column?.kind !== "resolvedColumnRefNode") continue;
      const { columnId } = column.node.column as { columnId: string };
      found.set(columnId, [...(found.get(columnId) ?? []), ...limits.flatMap(parameterOf)]);
    }
  }
  return found;
}

function parameterOf(expression: Node | undefined): string[] {
  return expression?.kind === "resolvedParameterNode" ? [`@${expression.node.name}`] : [];
}
