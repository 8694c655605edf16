import type { GoogleSql } from "./googlesql.ts";
import { REASONS, RULES } from "./lint-rules.ts";
import type { Tree } from "./tree.ts";

export interface Finding {
  readonly rule: string;
  /** `12: AVG(x) AS mean`: the line of the statement, and what stands there. */
  readonly where: string;
  /** What to write instead, and why. */
  readonly why: string;
}

/**
 * What a statement writes that means different things on the two engines, depends on the order of rows, or is slow.
 * The list is that of sql.md; a statement that GoogleSQL refuses is a finding too.
 */
export async function lint(google: GoogleSql, sql: string): Promise<Finding[]> {
  const refused: Finding[] = [];
  const resolved = await google.analyze(sql).then(
    ({ tree }) => tree,
    ({ message }: Error): Tree => {
      const line = Number(/\[at (\d+):/.exec(message)?.[1] ?? 1);
      refused.push({ rule: "refused", where: placeOf(sql, line), why: `GoogleSQL refuses it: ${message}` });
      return {};
    },
  );
  // What does not even parse has been refused above; what only does not resolve still shows why.
  const parsed = await google.parse(sql).catch((): Tree => ({}));
  const bytes = Buffer.from(sql);
  const found = RULES.flatMap(({ rule, find }) =>
    [...find({ parsed, resolved, sql })].map(({ node, about }) => ({
      rule,
      where: placeOf(sql, lineOf(bytes, node)),
      why: about ?? REASONS[rule],
    })),
  );
  return [...new Map([...refused, ...found].map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** Nodes carry byte positions. */
function lineOf(bytes: Buffer, node: Tree): number {
  const { start = 0 } = (node.parseLocationRange ?? {}) as { start?: number };
  return bytes.subarray(0, start).toString().split("\n").length;
}

function placeOf(sql: string, line: number): string {
  return `${line}: ${sql.split("\n")[line - 1]?.trim()}`;
}
