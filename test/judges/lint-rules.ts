import { CONFORMANCE } from "./conformance.ts";
import { typeName } from "./googlesql.ts";
import { flat, isTree, type Node, nodesOfKind, type Tree, treesOf, unwrapped } from "./tree.ts";

interface Statement {
  readonly sql: string;
  /** The text as written. */
  readonly parsed: Tree;
  /** The text as the analyzer understands it: names, types, casts and defaults filled in. */
  readonly resolved: Tree;
}

interface Offence {
  readonly node: Tree;
  /** The reason, where it is not that of the rule. */
  readonly about?: string | undefined;
}

/** What is wrong with what a rule finds: the right-hand columns of sql.md. */
export const REASONS = {
  "float-aggregate": "a sum of floats depends on the order of the rows: sum integers, divide once",
  "float-to-integer": "engines round differently: CAST(FLOOR(x + 0.5e0) AS INT64)",
  cast: "no conformance case says that both engines agree on this cast",
  function: "no conformance case says that both engines agree on this function",
  extract: "no conformance case says that both engines agree on this part of a date",
  division: "an error on BigQuery where the divisor is 0, NULL on DuckDB: SAFE_DIVIDE(a, b)",
  "decimal-literal": "a decimal literal is DECIMAL in DuckDB: 0.44e0",
  interval: "keeps no DATE in both: game_date - 7",
  "date-difference": "INTERVAL in one engine, a number in the other: UNIX_DATE(a) - UNIX_DATE(b)",
  "date-minus-column": "fails on DuckDB: DATE_FROM_UNIX_DATE(UNIX_DATE(d) - n)",
  "timestamp-literal": "no instant in DuckDB: TIMESTAMP_SECONDS(n), or a column",
  star: "a new column upstream would change the table: name the columns",
  "implicit-frame": "the implicit RANGE frame takes in ties: spell out ROWS BETWEEN or RANGE BETWEEN",
  "null-order": "NULL comes first ascending and last descending in both; order by keys that are never NULL",
  "unordered-list": "the order of its elements varies: STRING_AGG(x, ',' ORDER BY y)",
  array: "arrays and structs are written differently in the engines: rows and joins instead",
  "pick-by-modifier": "not in DuckDB: pick rows with QUALIFY ROW_NUMBER()",
  join: "a nested loop: join on at least one plain column = column",
} as const;

const averages = "means of floats depend on the order of the rows: integer n, sum x, sum x * x, one division";
const differs = "its NULL rules differ between the engines: CASE WHEN";
const picks = "not in both engines: pick rows with QUALIFY ROW_NUMBER()";
const days = "differs in form or type: game_date - 7, UNIX_DATE(a) - UNIX_DATE(b)";

/** Functions people reach for, with what to write instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  ROUND: "engines round differently: FLOOR(x * 1e9 + 0.5e0) / 1e9",
  AVG: averages,
  STDDEV: averages,
  STDDEV_SAMP: averages,
  STDDEV_POP: averages,
  VARIANCE: averages,
  VAR_SAMP: averages,
  VAR_POP: averages,
  CORR: averages,
  COVAR_SAMP: averages,
  COVAR_POP: averages,
  DATE_SUB: days,
  DATE_ADD: days,
  DATE_DIFF: days,
  DATE_TRUNC: days,
  TIMESTAMP_SUB: "UNIX_SECONDS(a) - n",
  TIMESTAMP_ADD: "UNIX_SECONDS(a) + n",
  TIMESTAMP_DIFF: "UNIX_SECONDS(a) - UNIX_SECONDS(b)",
  GREATEST: differs,
  LEAST: differs,
  CONCAT: "its NULL rule differs between the engines: a || b",
  MAX_BY: picks,
  MIN_BY: picks,
  ANY_VALUE: picks,
  ARRAY_AGG: picks,
  PERCENTILE_CONT: "the lower median is a ROW_NUMBER() of DIV(n + 1, 2)",
  PERCENTILE_DISC: "the lower median is a ROW_NUMBER() of DIV(n + 1, 2)",
};

const subjects = new Set(CONFORMANCE.map(({ of }) => of));

/** Functions whose value over floats does not depend on the order of rows. */
const ORDER_FREE = ["min", "max", "count", "first_value", "last_value", "nth_value", "lag", "lead"];
const RANKING = ["ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST", "NTILE", "LAG", "LEAD"];
const READING = ["resolvedTableScanNode", "resolvedWithRefScanNode", "resolvedArrayScanNode"];
const TARGET_DATES = /SELECT game_date FROM UNNEST\(\[[^\]]*\]\) AS game_date/;

interface Rule {
  readonly rule: keyof typeof REASONS;
  readonly find: (statement: Statement) => Iterable<Offence>;
}

/** A rule over the nodes of one kind; `offends` may give a reason of its own. */
function rule(
  name: Rule["rule"],
  kind: string,
  offends: (node: Tree, statement: Statement) => boolean | string,
): Rule {
  return {
    rule: name,
    *find(statement) {
      const tree = kind.startsWith("ast") ? statement.parsed : statement.resolved;
      for (const node of nodesOfKind(tree, kind)) {
        const verdict = offends(node, statement);
        if (verdict !== false) yield { node, about: verdict === true ? undefined : verdict };
      }
    },
  };
}

const sumsFloats = (call: Tree) =>
  !ORDER_FREE.includes(functionOf(call)) && argumentsOf(call).some((of) => typeOf(of) === "FLOAT64");

export const RULES: readonly Rule[] = [
  rule("float-aggregate", "resolvedAggregateFunctionCallNode", sumsFloats),
  rule("float-aggregate", "resolvedAnalyticFunctionCallNode", sumsFloats),
  rule(
    "float-to-integer",
    "resolvedCastNode",
    (cast) => castOf(cast) === "FLOAT64 AS INT64" && functionOf(unwrapped(cast.expr)?.node) !== "floor",
  ),
  rule("cast", "resolvedCastNode", (cast) => !subjects.has(castOf(cast))),
  rule("function", "astFunctionCallNode", (call) => {
    const name = calledName(call);
    return INSTEAD[name] ?? !subjects.has(name);
  }),
  rule("extract", "astExtractExpressionNode", (node) => {
    const part = namesOf(unwrapped(node.lhsExpr)?.node);
    return !CONFORMANCE.some(({ of, sql }) => of === "EXTRACT" && sql.includes(`EXTRACT(${part} FROM`));
  }),
  rule(
    "division",
    "resolvedFunctionCallNode",
    (call) => functionOf(call) === "$divide" && !isLiteral(argumentsOf(call)[1]),
  ),
  rule("decimal-literal", "astFloatLiteralNode", (node) => !/e/i.test(String(node.image))),
  rule("interval", "astIntervalExprNode", () => true),
  rule("date-difference", "resolvedFunctionCallNode", (call) => {
    const types = argumentsOf(call).map(typeOf);
    return functionOf(call) === "$subtract" && types.every((type) => type === "DATE");
  }),
  rule("date-minus-column", "resolvedFunctionCallNode", (call) => {
    const operands = argumentsOf(call);
    return (
      ["$add", "$subtract"].includes(functionOf(call)) &&
      operands.filter((operand) => typeOf(operand) === "DATE").length === 1 &&
      !operands.some(isLiteral)
    );
  }),
  rule("timestamp-literal", "astDateOrTimeLiteralNode", (node) => node.typeKind !== "TYPE_DATE"),
  rule("star", "astSelectNode", (select) => {
    const { columns } = select.selectList as { columns: readonly Tree[] };
    return columns.some(({ expression }) => /Star/.test(unwrapped(expression)?.kind ?? ""));
  }),
  { rule: "implicit-frame", find: ({ parsed }) => implicitFrames(parsed, new Map()) },
  {
    rule: "null-order",
    *find({ parsed }) {
      for (const { nullOrder } of treesOf(parsed)) if (isTree(nullOrder)) yield { node: flat(nullOrder) };
    },
  },
  rule(
    "unordered-list",
    "astFunctionCallNode",
    (call) => calledName(call) === "STRING_AGG" && call.orderBy === undefined,
  ),
  rule("array", "astArrayElementNode", () => true),
  rule("array", "astStructConstructorWithKeywordNode", () => true),
  rule("array", "astStructConstructorWithParensNode", () => true),
  {
    rule: "array",
    *find({ parsed, sql }) {
      // The list of target dates is the loader's own, and each engine gets it in its form.
      const rest = Buffer.from(sql.replace(TARGET_DATES, (text) => " ".repeat(text.length))).toString();
      for (const { unnestExpr } of treesOf(parsed)) {
        if (!isTree(unnestExpr)) continue;
        const node = flat(unnestExpr);
        if (textOf(rest, node).trim() !== "") yield { node };
      }
    },
  },
  rule(
    "pick-by-modifier",
    "astFunctionCallNode",
    (call) => call.havingModifier !== undefined || call.limitOffset !== undefined,
  ),
  rule(
    "join",
    "resolvedJoinScanNode",
    (join) =>
      ![...conjuncts(join.joinExpr)].some(equatesColumns) &&
      !isConstant(join.leftScan) &&
      !isConstant(join.rightScan),
  ),
];

/** Windowed functions with an order and no frame, neither in place nor in the window they name. */
function* implicitFrames(tree: unknown, windows: ReadonlyMap<string, Tree>): Generator<Offence> {
  if (Array.isArray(tree)) for (const item of tree) yield* implicitFrames(item, windows);
  if (!isTree(tree)) return;
  let visible = windows;
  if (isTree(tree.windowClause)) {
    const named = tree.windowClause.windows as readonly { name: { idString: string }; windowSpec: Tree }[];
    visible = new Map([
      ...windows,
      ...named.map(({ name, windowSpec }) => [name.idString, windowSpec] as const),
    ]);
  }
  const call = tree.astAnalyticFunctionCallNode;
  if (isTree(call)) {
    const name = calledName(unwrapped(call.expression)?.node);
    if (!RANKING.includes(name) && lacksFrame(call.windowSpec as Tree, visible)) yield { node: flat(call) };
  }
  for (const value of Object.values(tree)) yield* implicitFrames(value, visible);
}

function lacksFrame(window: Tree | undefined, windows: ReadonlyMap<string, Tree>): boolean {
  let ordered = false;
  for (let spec = window; spec !== undefined; ) {
    if (spec.windowFrame !== undefined) return false;
    ordered ||= spec.orderBy !== undefined;
    const base: string | undefined = (spec.baseWindowName as { idString: string } | undefined)?.idString;
    spec = base === undefined ? undefined : windows.get(base);
  }
  return ordered;
}

/** A handful of rows spelled out in the statement, such as the two sides of a game: each row meets each. */
function isConstant(scan: unknown): boolean {
  return READING.every((kind) => nodesOfKind(scan, kind).length === 0);
}

/** The conditions that must all hold. */
export function* conjuncts(condition: unknown): Generator<Tree> {
  const found = unwrapped(condition);
  if (found === undefined) return;
  if (functionOf(found.node) === "$and") for (const part of argumentList(found.node)) yield* conjuncts(part);
  else yield found.node;
}

function equatesColumns(condition: Tree): boolean {
  return (
    functionOf(condition) === "$equal" &&
    argumentList(condition).every((argument) => unwrapped(argument)?.kind === "resolvedColumnRefNode")
  );
}

/** `sum`, `$equal`: the name of a resolved function call; empty where it is none. */
export function functionOf(call: Tree | undefined): string {
  return (call?.function as { name: string } | undefined)?.name.replace("ZetaSQL:", "") ?? "";
}

function argumentList(call: Tree): readonly unknown[] {
  return (call.argumentList ?? []) as readonly unknown[];
}

/** The arguments of a resolved function call. */
export function argumentsOf(call: Tree): (Node | undefined)[] {
  return argumentList(call).map(unwrapped);
}

function typeOf(expression: Node | undefined): string {
  return typeName((expression?.node.type as { typeKind: string } | undefined)?.typeKind ?? "");
}

function isLiteral(expression: Node | undefined): boolean {
  return expression?.kind === "resolvedLiteralNode";
}

function castOf(cast: Tree): string {
  return `${typeOf(unwrapped(cast.expr))} AS ${typeName((cast.type as { typeKind: string }).typeKind)}`;
}

/** The name of a called function as written, in upper case. */
function calledName(call: Tree | undefined): string {
  return namesOf(call?.function as Tree | undefined);
}

function namesOf(path: Tree | undefined): string {
  const names = (path?.names ?? []) as readonly { idString: string }[];
  return names.map(({ idString }) => idString.toUpperCase()).join(".");
}

function textOf(sql: string, node: Tree): string {
  const { start, end } = node.parseLocationRange as { start: number; end: number };
  return Buffer.from(sql).subarray(start, end).toString();
}
