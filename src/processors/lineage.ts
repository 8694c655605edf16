import type { Input, Processor, ProcessorName } from "./processor.ts";
import { VIEWS, type View, viewNamed } from "./views.ts";

/** The processor that fills the table whose dates a view has; undefined for a view of raw data. */
function producerOf(view: View, processors: readonly Processor[]): Processor | undefined {
  return processors.find((processor) => processor.table === view.tables[0]);
}

/** The views that read a table. */
export function viewsOf(tableId: string): readonly View[] {
  return VIEWS.filter((view) => view.tables.includes(tableId));
}

/** The views of raw data: what an ingest can change. */
export function rawViews(): readonly View[] {
  return VIEWS.filter(isRaw);
}

/** The views of what processors fill: what a commit changes. */
export function computedViews(): readonly View[] {
  return VIEWS.filter((view) => !isRaw(view));
}

function isRaw(view: View): boolean {
  return view.tables[0]!.startsWith("nba_raw.");
}

export interface Upstream {
  readonly producer: Processor;
  readonly input: Input;
}

/** Coverage asks it of every date, and a registry does not change. */
const KNOWN = new WeakMap<readonly Processor[], Map<Processor, readonly Upstream[]>>();

/** What other processors make that this one reads, with the windows. */
export function upstreamsOf(processor: Processor, processors: readonly Processor[]): readonly Upstream[] {
  const known = KNOWN.get(processors) ?? new Map<Processor, readonly Upstream[]>();
  KNOWN.set(processors, known);
  const upstreams = known.get(processor) ?? findUpstreams(processor, processors);
  known.set(processor, upstreams);
  return upstreams;
}

function findUpstreams(processor: Processor, processors: readonly Processor[]): Upstream[] {
  return processor.inputs.flatMap((input) => {
    const producer = producerOf(viewNamed(input.view), processors);
    return producer ? [{ producer, input }] : [];
  });
}

/** The processors whose partition of the same date must be done first. */
export function sameDateInputs(
  processor: Processor,
  processors: readonly Processor[],
): readonly ProcessorName[] {
  const names = upstreamsOf(processor, processors)
    .filter(({ input }) => input.window === "date")
    .map(({ producer }) => producer.name);
  return [...new Set(names)];
}
