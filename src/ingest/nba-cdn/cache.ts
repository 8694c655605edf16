import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A document as it was served, with what a conditional request needs. */
export interface CachedDocument {
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** When the feed last said that this is how it stands, in milliseconds. */
  readonly checkedAt: number;
  readonly body: string;
}

/** Documents on disk, one file each. A file is whole or not there. */
export class DocumentCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined where there is none, or one that cannot be read: it is then asked for anew. */
  read(name: string): CachedDocument | undefined {
    try {
      return JSON.parse(readFileSync(this.#path(name), "utf8"));
    } catch {
      return undefined;
    }
  }

  write(name: string, document: CachedDocument): void {
    const path = this.#path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.part`, JSON.stringify(document));
    renameSync(`${path}.part`, path);
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}
