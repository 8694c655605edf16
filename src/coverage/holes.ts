import type { GameDate } from "../dates.ts";
import { upstreamsOf } from "../processors/lineage.ts";
import type { Processor, ProcessorName } from "../processors/processor.ts";
import { type SourceRange, sourceRange, within } from "../processors/windows.ts";
import { partitionKey } from "../progress/partition.ts";
import type { PartitionCoverage, PartitionState, World } from "./coverage.ts";

/** A partition in the windows of another that does not tell all of its games as they were. */
export interface Hole {
  readonly processor: ProcessorName;
  readonly game_date: GameDate;
  readonly what: Exclude<PartitionState, "complete" | "complete_with_exceptions"> | "rows_set_aside";
}

/** Holes named in a detail; beside them stands how many there are. */
const HOLES_NAMED = 20;

/**
 * The summaries of the current season that are not whole: not done, or without the rows set aside. Rows count the games
 * that lack a summary in their own windows (window_games_found); priors, ranks and league means read the whole season,
 * and of an earlier run's rows, games not over and rows set aside no row can tell. Hand it the partitions in order of
 * processor and date: a partition has the holes of what it reads of its own date, too.
 */
export class Holes {
  readonly #world: World;
  /** Summaries that are a hole for others, by processor, dates ascending. */
  readonly #made = new Map<ProcessorName, { readonly dates: GameDate[]; readonly holes: Hole[] }>();
  readonly #inherited = new Map<string, readonly Hole[]>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Takes note of a summary's partition. */
  note(processor: Processor, found: PartitionCoverage): void {
    const what = processor.kind === "summary" ? holeOf(found) : undefined;
    if (!what) return;
    const made = this.#made.get(processor.name) ?? { dates: [], holes: [] };
    this.#made.set(processor.name, made);
    made.dates.push(found.game_date);
    made.holes.push({ processor: processor.name, game_date: found.game_date, what });
  }

  /** The partition with the holes of its windows named, where it is done and has some. */
  named(processor: Processor, found: PartitionCoverage): PartitionCoverage {
    const holes = this.#holesOf(processor, found.game_date);
    if (holes.length === 0) return found;
    this.#inherited.set(partitionKey(processor.name, found.game_date), holes);
    const detail = {
      ...JSON.parse(found.reason_detail ?? "{}"),
      holes: holes.slice(0, HOLES_NAMED),
      holes_total: holes.length,
    };
    return {
      ...found,
      state: "complete_with_exceptions",
      reason: found.reason ?? "window_hole",
      reason_detail: JSON.stringify(detail),
    };
  }

  #holesOf(processor: Processor, date: GameDate): readonly Hole[] {
    if (processor.kind === "summary" || (this.#made.size === 0 && this.#inherited.size === 0)) return [];
    const { calendar, processors } = this.#world;
    const holes = new Map<string, Hole>();
    for (const { producer, input } of upstreamsOf(processor, processors)) {
      const theirs =
        input.window === "date"
          ? (this.#inherited.get(partitionKey(producer.name, date)) ?? [])
          : this.#madeWithin(producer, this.#ofTheSeason(sourceRange(input.window, date, calendar), date));
      for (const hole of theirs) holes.set(partitionKey(hole.processor, hole.game_date), hole);
    }
    return [...holes.values()];
  }

  /** Only the windows of the current season report holes; what looks further back uses what is there. */
  #ofTheSeason(range: SourceRange | undefined, date: GameDate): SourceRange | undefined {
    const { calendar } = this.#world;
    const start = calendar.seasonStart(calendar.get(date)!.seasonYear)!;
    if (!range || range.last < start) return undefined;
    return range.first < start ? { ...range, first: start } : range;
  }

  #madeWithin(producer: Processor, range: SourceRange | undefined): readonly Hole[] {
    const made = this.#made.get(producer.name);
    if (!made || !range) return [];
    const [from, to] = within(range, made.dates);
    return made.holes.slice(from, to);
  }
}

function holeOf({ state, exceptions, reason_detail }: PartitionCoverage): Hole["what"] | undefined {
  if (state !== "complete" && state !== "complete_with_exceptions") return state;
  return exceptions > 0 && reason_detail?.includes('"rows_set_aside_total"') ? "rows_set_aside" : undefined;
}
