import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { BackfillError, messageOf } from "../../errors.ts";

/** A document as it was served, with what a conditional request needs. */
interface CachedDocument {
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** When the feed last said that this is how it stands, in milliseconds. */
  readonly checkedAt: number;
  readonly body: string;
}

/** What was served, as JSON. */
export interface Cached extends CachedDocument {
  readonly json: unknown;
}

/** Documents on disk, one file each. A file is whole or not there. */
export class DocumentCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined where there is none, or one that cannot be read: it is then asked for anew. */
  read(name: string): Cached | undefined {
    try {
      const document: CachedDocument = JSON.parse(readFileSync(this.#path(name), "utf8"));
      return { ...document, json: JSON.parse(document.body) };
    } catch {
      return undefined;
    }
  }

  /** Throws `input-invalid` where the folder cannot be written to. */
  write(name: string, { etag, lastModified, checkedAt, body }: CachedDocument): void {
    const path = this.#path(name);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.part`, JSON.stringify({ etag, lastModified, checkedAt, body }));
      renameSync(`${path}.part`, path);
    } catch (error) {
      throw new BackfillError("input-invalid", `--cache ${this.#folder}: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}
