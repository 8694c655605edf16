/** A node of a parse tree or a resolved tree, as the protocol of the service writes it. */
export interface Tree {
  readonly [field: string]: unknown;
}

export interface Node {
  /** `resolvedCastNode`, `astStarNode`, ... */
  readonly kind: string;
  /** The node's own fields and the ones it inherits, side by side. */
  readonly node: Tree;
}

const kindPattern = /^(?:resolved|ast)\w+Node$/;

/** Bulky fields that hold no node. */
const LEAVES = new Set(["signature", "type", "typeAnnotationMap", "columnList", "parseLocationRange"]);

/** Every object below a tree, nodes or not, parents before children. */
export function treesOf(tree: unknown): Tree[] {
  const found: Tree[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isTree(value)) {
      found.push(value);
      for (const [field, child] of Object.entries(value)) if (!LEAVES.has(field)) visit(child);
    }
  };
  visit(tree);
  return found;
}

const indexes = new WeakMap<object, ReadonlyMap<string, readonly Tree[]>>();

/** The nodes of one kind below a tree. */
export function nodesOfKind(tree: unknown, kind: string): readonly Tree[] {
  if (typeof tree !== "object" || tree === null) return [];
  let index = indexes.get(tree);
  if (index === undefined) {
    index = indexOf(tree);
    indexes.set(tree, index);
  }
  return (index.get(kind) ?? []).map(flat);
}

/** Kind to nodes, made once per tree: many rules look at the same one. */
function indexOf(tree: object): ReadonlyMap<string, readonly Tree[]> {
  const index = new Map<string, Tree[]>();
  for (const object of treesOf(tree)) {
    for (const [field, value] of Object.entries(object)) {
      if (!kindPattern.test(field) || !isTree(value)) continue;
      const nodes = index.get(field);
      if (nodes) nodes.push(value);
      else index.set(field, [value]);
    }
  }
  return index;
}

/** The innermost node of an `Any...` wrapper: `{resolvedFunctionCallBaseNode: {resolvedFunctionCallNode: ...}}`. */
export function unwrapped(wrapper: unknown): Node | undefined {
  if (!isTree(wrapper)) return undefined;
  const field = Object.keys(wrapper).find((name) => kindPattern.test(name));
  if (field === undefined) return undefined;
  return unwrapped(wrapper[field]) ?? { kind: field, node: flat(wrapper[field] as Tree) };
}

export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The protocol nests what a node inherits under `parent`. */
export function flat(node: Tree): Tree {
  const { parent, ...own } = node;
  return isTree(parent) ? { ...flat(parent), ...own } : own;
}
