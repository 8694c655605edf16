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

/** Every node below a tree, and the tree's own, parents before children. */
export function* nodesOf(tree: unknown): Generator<Node> {
  if (Array.isArray(tree)) {
    for (const item of tree) yield* nodesOf(item);
  } else if (isTree(tree)) {
    for (const [field, value] of Object.entries(tree)) {
      if (kindPattern.test(field) && isTree(value)) yield { kind: field, node: flat(value) };
      yield* nodesOf(value);
    }
  }
}

/** Every object below a tree, nodes or not. */
export function* treesOf(tree: unknown): Generator<Tree> {
  if (isTree(tree)) yield tree;
  if (typeof tree === "object" && tree !== null) {
    for (const value of Object.values(tree)) yield* treesOf(value);
  }
}

/** The nodes of one kind. */
export function* nodesOfKind(tree: unknown, kind: string): Generator<Tree> {
  for (const found of nodesOf(tree)) if (found.kind === kind) yield found.node;
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
