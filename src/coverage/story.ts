import type { GameDate } from "../dates.ts";
import { upstreamsOf } from "../processors/lineage.ts";
import type { Processor, ProcessorName, Window } from "../processors/processor.ts";
import { viewNamed } from "../processors/views.ts";
import { sourceRange } from "../processors/windows.ts";
import { partitionKey } from "../progress/partition.ts";
import { inputHash } from "../progress/source-dates.ts";
import { changedInputs } from "./changes.ts";
import type { PartitionCoverage, World } from "./coverage.ts";
import { type Dependants, dependantsOf } from "./dependants.ts";
import type { Evidence } from "./detail.ts";

/** One view that a partition reads. */
export interface StoryInput {
  readonly view: string;
  readonly tables: readonly string[];
  /** The processor that makes its rows; null for raw data. */
  readonly producer: ProcessorName | null;
  readonly window: Window;
  /** First and last source date of the window; null where it is empty or the view has no dates. */
  readonly first: GameDate | null;
  readonly last: GameDate | null;
  /** Dates in it that have rows. */
  readonly source_dates: number;
  /** What it is now, as count and sum of hashes. */
  readonly fingerprint: string;
  /** Since the partition read it; null where it never did. */
  readonly changed: boolean | null;
  readonly changed_dates: readonly GameDate[];
  readonly changed_at: string | null;
}

/** As recorded, and as it is now: a difference makes the partition stale. */
export interface Recorded {
  readonly recorded: string | null;
  readonly now: string;
}

/** What there is to tell of a partition. */
export interface Story {
  readonly coverage: PartitionCoverage;
  readonly inputs: readonly StoryInput[];
  readonly input_hash: Recorded;
  readonly processor_version: Recorded;
  readonly engine: Recorded;
  readonly dependants: readonly Dependants[];
  /** Dependants, and theirs in turn. */
  readonly dependants_in_all: number;
}

export function storyOf(
  world: World,
  processor: Processor,
  coverage: PartitionCoverage,
  evidence: Pick<Evidence, "readings" | "log">,
): Story {
  const date = coverage.game_date;
  const key = partitionKey(processor.name, date);
  const recorded = world.partitions.get(key);
  const reading = evidence.readings.get(key);
  const changed = reading ? changedInputs(world, processor, date, reading, evidence.log) : [];
  const producers = upstreamsOf(processor, world.processors);
  const now = world.sourceDates.inputsOf(processor, date, world.calendar);
  const inputs = processor.inputs.map((input): StoryInput => {
    const { view, window } = input;
    const range = sourceRange(window, date, world.calendar);
    const change = changed.find((of) => of.view === view);
    const dates = world.sourceDates.datesOf(view);
    return {
      view,
      tables: viewNamed(view).tables,
      producer: producers.find((of) => of.input === input)?.producer.name ?? null,
      window,
      first: range?.first ?? null,
      last: range?.last ?? null,
      source_dates: dates.filter(
        (of) => window === "undated" || (range && of >= range.first && of <= range.last),
      ).length,
      fingerprint: now[view]!,
      changed: reading ? change !== undefined : null,
      changed_dates: change?.dates ?? [],
      changed_at: change?.changed_at ?? null,
    };
  });
  const { direct, inAll } = dependantsOf(world, processor, date);
  return {
    coverage,
    inputs,
    input_hash: { recorded: recorded?.input_hash ?? null, now: inputHash(now) },
    processor_version: {
      recorded: recorded?.processor_version ?? null,
      now: world.versions.get(processor.name)!,
    },
    engine: { recorded: recorded?.engine ?? null, now: world.engine },
    dependants: direct,
    dependants_in_all: inAll,
  };
}
