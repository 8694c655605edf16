import { readFileSync } from "node:fs";
import { BackfillError, messageOf } from "../errors.ts";
import { type Mapping, parseMapping, shippedMappings } from "./mapping.ts";
import { ownLayouts } from "./own-layout.ts";

/** The mappings that a name or a file can be read by. */
export class Mappings {
  readonly #all: readonly Mapping[] = [...shippedMappings(), ...ownLayouts()];

  /** A shipped mapping by its name. */
  named(name: string): Mapping | undefined {
    return this.#all.find((mapping) => mapping.name === name);
  }

  /** What `--mapping` says: a shipped name, or a file. */
  given(nameOrFile: string): Mapping {
    const shipped = this.named(nameOrFile);
    if (shipped) return shipped;
    if (!nameOrFile.endsWith(".json")) {
      const names = this.#all.map(({ name }) => name).join(", ");
      throw new BackfillError(
        "mapping-invalid",
        `no mapping ${nameOrFile}: give a .json file or one of ${names}`,
      );
    }
    let json: string;
    try {
      json = readFileSync(nameOrFile, "utf8");
    } catch (error) {
      throw new BackfillError("mapping-invalid", `cannot read mapping ${nameOrFile}: ${messageOf(error)}`);
    }
    const mapping = parseMapping(json, nameOrFile);
    if (this.named(mapping.name)) {
      throw new BackfillError(
        "mapping-invalid",
        `${nameOrFile}: the name ${mapping.name} is taken by a shipped mapping`,
      );
    }
    return mapping;
  }

  /** The mapping whose columns the file has; of several the one that asks for most. */
  forColumns(columns: readonly string[]): Mapping | undefined {
    const has = new Set(columns);
    const fitting = this.#all.filter(
      ({ recognise, only }) =>
        recognise.every((name) => has.has(name)) && (!only || columns.every((name) => only.includes(name))),
    );
    return fitting.sort((a, b) => b.recognise.length - a.recognise.length)[0];
  }

  /** Why no mapping reads a file of these columns, and what would. */
  whyNone(columns: readonly string[]): string {
    if (columns.includes("meta") && columns.some((name) => name === "game" || name === "leagueschedule")) {
      return "a document of cdn.nba.com: ingest nba-cdn --from reads it";
    }
    const unknown = `no mapping knows its columns ${columns.join(", ")}`;
    const nearest = this.#nearest(columns);
    if (!nearest) return unknown;
    return `${unknown}; nearest is ${nearest.name}, which also asks for ${nearest.lacking.join(", ") || "no other column"}`;
  }

  /** The mapping of which the file lacks the fewest columns, where it has at least half of them. */
  #nearest(columns: readonly string[]): { name: string; lacking: readonly string[] } | undefined {
    const has = new Set(columns);
    const near = this.#all
      .map(({ name, recognise }) => {
        const lacking = recognise.filter((column) => !has.has(column));
        return { name, lacking, share: lacking.length / recognise.length };
      })
      .filter(({ share }) => share <= 0.5);
    return near.sort((a, b) => a.share - b.share)[0];
  }
}
