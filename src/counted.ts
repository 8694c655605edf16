/** `1 row`, `2 rows`, `1,632 rows`: how many there are of a thing. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** `1,632` */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
