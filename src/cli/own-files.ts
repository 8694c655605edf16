import { closeSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { BackfillError } from "../errors.ts";
import { sideFiles } from "../warehouse/duckdb/mirror.ts";

/**
 * Throws `input-invalid` where an option names the warehouse, or what lies beside it, as a file to write.
 *
 * @param option as it is typed, like `--out`
 */
export function refuseWarehouse(option: string, path: string, warehouse: string): void {
  const ours = [warehouse, `${warehouse}.wal`, ...sideFiles(warehouse)].map(real);
  if (!ours.includes(real(path))) return;
  throw new BackfillError(
    "input-invalid",
    `${option}: ${path} is the warehouse, or belongs to it; name another file`,
  );
}

/** Throws `input-invalid` where a file is there that does not begin as those do which the option writes. */
export function refuseForeign(option: string, path: string, start: string, what: string): void {
  const found = beginning(path, start.length);
  if (found === undefined || found === "" || found === start) return;
  throw new BackfillError(
    "input-invalid",
    `${option}: ${path} is there and is no ${what}; name another file`,
  );
}

/** The path that links lead to; where nothing is there yet, as its folder's. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const whole = resolve(path);
    return dirname(whole) === whole ? whole : join(real(dirname(whole)), whole.slice(dirname(whole).length));
  }
}

/** Undefined where it is no file, but a pipe or a device, and where it cannot be read: writing says why. */
function beginning(path: string, length: number): string | undefined {
  try {
    if (!statSync(path).isFile()) return undefined;
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(length);
      return bytes.toString("latin1", 0, readSync(file, bytes, 0, length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
