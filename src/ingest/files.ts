import { globSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { BackfillError, messageOf } from "../errors.ts";
import type { FileFormat } from "../warehouse/warehouse.ts";

/**
 * Where files of our own making come from: a feed whose documents are whole games, and the column that names the document
 * that each row is of.
 */
export interface Origin {
  readonly name: string;
  readonly documentColumn: string;
}

export interface InputFile {
  readonly path: string;
  /** What summaries and quarantine call it. */
  readonly name: string;
  readonly format: FileFormat;
  /** What the caller named: this file, a folder or a glob. Of each something must load, or it is an error. */
  readonly given: string;
}

export interface InputFiles {
  readonly files: readonly InputFile[];
  /** What lay in a folder and is no file of ours, with the reason. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

const formats: readonly [RegExp, FileFormat][] = [
  [/\.parquet$/i, "parquet"],
  [/\.csv(\.gz)?$/i, "csv"],
  [/\.(jsonl|ndjson|json)(\.gz)?$/i, "json"],
];

function formatOf(path: string): FileFormat | undefined {
  return formats.find(([pattern]) => pattern.test(path))?.[1];
}

/** The files that the paths name: a file, the files of a folder (not of its subfolders), or what a glob matches. */
export function findFiles(paths: readonly string[], origin?: Origin): InputFiles {
  const files = new Map<string, InputFile>();
  const skipped = new Map<string, string>();
  for (const given of paths) {
    const found = pathsAt(given);
    for (const path of found) {
      const format = formatOf(path);
      if (kindOf(path) === "folder") skipped.set(path, "a folder: name it to read it");
      else if (format) files.set(path, { path, name: nameOf(path, origin), format, given });
      else skipped.set(path, "not Parquet, CSV or JSON lines");
    }
    if (!found.some((path) => files.has(path))) {
      throw new BackfillError(
        "input-invalid",
        `no .parquet, .csv or .jsonl file (or .gz of one) at ${given}`,
      );
    }
  }
  return {
    files: [...files.values()],
    skipped: [...skipped].map(([file, reason]) => ({ file, reason })),
  };
}

function nameOf(path: string, origin: Origin | undefined): string {
  return origin ? `${origin.name}/${basename(path)}` : path;
}

/** The file itself, the entries of the folder, or what the glob matches. */
function pathsAt(given: string): string[] {
  const kind = kindOf(given);
  if (kind === "file") return [given];
  if (kind === "folder") return entriesOf(given);
  const matches = /[*?[{]/.test(given) ? globSync(given).sort() : [];
  if (matches.length === 0) throw new BackfillError("input-invalid", `nothing at ${given}`);
  return matches;
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    throw new BackfillError("input-invalid", `cannot read folder ${folder}: ${messageOf(error)}`);
  }
}

function kindOf(path: string): "file" | "folder" | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() ? "file" : stats?.isDirectory() ? "folder" : undefined;
  } catch (error) {
    throw new BackfillError("input-invalid", `cannot read ${path}: ${messageOf(error)}`);
  }
}
