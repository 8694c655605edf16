import { globSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { BackfillError, messageOf } from "../errors.ts";
import type { FileFormat } from "../warehouse/warehouse.ts";

export interface InputFile {
  readonly path: string;
  readonly format: FileFormat;
  /** Named by the caller, not found in a folder: it must be of use, or it is an error. */
  readonly named: boolean;
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
export function findFiles(paths: readonly string[]): InputFiles {
  const files = new Map<string, InputFile>();
  const skipped = new Map<string, string>();
  const add = (path: string, named: boolean) => {
    const format = formatOf(path);
    if (format) files.set(path, { path, format, named });
    else if (named)
      throw new BackfillError("input-invalid", `${path} is no .parquet, .csv or .jsonl file (.gz too)`);
    else skipped.set(path, "not Parquet, CSV or JSON lines");
  };
  for (const path of paths) {
    const kind = kindOf(path);
    if (kind === "file") add(path, true);
    else if (kind === "folder") {
      for (const entry of entriesOf(path)) {
        if (kindOf(entry) === "folder") skipped.set(entry, "a folder: name it to read it");
        else add(entry, false);
      }
    } else {
      const matches = /[*?[{]/.test(path) ? globSync(path).sort() : [];
      if (matches.length === 0) throw new BackfillError("input-invalid", `nothing at ${path}`);
      for (const match of matches) if (kindOf(match) === "file") add(match, false);
    }
  }
  if (files.size === 0) {
    throw new BackfillError("input-invalid", `no .parquet, .csv or .jsonl file in ${paths.join(", ")}`);
  }
  return {
    files: [...files.values()],
    skipped: [...skipped].map(([file, reason]) => ({ file, reason })),
  };
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
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? "file" : stats?.isDirectory() ? "folder" : undefined;
}
