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

  /** The mapping of which the file lacks the fewest columns. */
  nearest(columns: readonly string[]): { name: string; lacking: readonly string[] } {
    const has = new Set(columns);
    const [nearest] = this.#all
      .map(({ name, recognise }) => ({
        name,
        lacking: recognise.filter((column) => !has.has(column)),
        recognise,
      }))
      .sort((a, b) => a.lacking.length / a.recognise.length - b.lacking.length / b.recognise.length);
    return nearest!;
  }
}
