/** The name that a misspelt one is nearest to; undefined where it is like none. */
export function nearest<Name extends string>(written: string, names: readonly Name[]): Name | undefined {
  const [best] = names
    .map((name) => ({ name, distance: distance(written, name) }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(written.length, best.name.length) * 0.3 ? best.name : undefined;
}

/** Characters to insert, delete or replace to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [line, character] of [...a].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...b].entries()) {
      next.push(
        Math.min(row[column + 1]! + 1, next[column]! + 1, row[column]! + (character === other ? 0 : 1)),
      );
    }
    row = next;
  }
  return row[b.length]!;
}
