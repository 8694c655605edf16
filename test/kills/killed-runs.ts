import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../../src/demo/random.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { partitionKey } from "../../src/progress/partition.ts";
import { finished, killed, millisecondsFrom } from "./command.ts";
import { type Contents, contentsOf, differences } from "./contents.ts";
import type { SmallWorld } from "./small-world.ts";

export interface KillOptions {
  readonly seed: number;
  readonly kills: number;
  /** Told after each kill: its number, and what went wrong so far. */
  readonly onKill?: (kill: number, faults: number) => void;
}

/** What became of the kills, and what should not have. */
export interface KilledRuns {
  readonly seed: number;
  readonly kills: number;
  /** How long an undisturbed run wrote at last: the kills are uniform over that. */
  readonly writingMs: number;
  /** States that the kills left, of the partitions the killed run was to build. */
  readonly left: { readonly none: number; readonly some: number; readonly all: number };
  /** Kills between the beginning of a commit and its end, and how many of these commits held. */
  readonly inCommit: { readonly kills: number; readonly held: number };
  /** Runs that ended before their time had come: done again with another time. */
  readonly tooLate: number;
  readonly faults: readonly string[];
}

interface RunEventLine {
  readonly type: string;
  readonly run_id: string;
  readonly processor: string;
  readonly first: string;
  readonly last: string;
}

/** At once, so that both cores have something to do. */
const LANES = 2;

/** Kills runs at random times, runs again, and compares with the run that nobody disturbed. */
export async function killRuns(folder: string, world: SmallWorld, options: KillOptions): Promise<KilledRuns> {
  const before = await contentsOf(world.halfBuilt);
  // Measured as they will run: as many at once.
  const lanes = Array.from({ length: LANES }, (_, lane) => new Lane(join(folder, `lane-${lane}`), world));
  const undisturbed = await Promise.all(lanes.map((lane) => lane.undisturbed()));
  const writingMs = undisturbed.reduce((sum, ms) => sum + ms, 0) / LANES;
  const expected = await contentsOf(lanes[0]!.warehouse);
  const campaign = new Campaign(before, expected, writingMs, options);
  await Promise.all(lanes.map((lane) => campaign.work(lane)));
  return campaign.result();
}

/** A folder with a warehouse that is killed and mended again and again. */
class Lane {
  readonly warehouse: string;
  readonly #events: string;
  readonly #source: string;

  constructor(folder: string, world: SmallWorld) {
    mkdirSync(folder, { recursive: true });
    this.warehouse = join(folder, "killed.duckdb");
    this.#events = join(folder, "events.jsonl");
    this.#source = world.halfBuilt;
  }

  undisturbed(): Promise<number> {
    this.#afresh();
    return millisecondsFrom(() => this.#writing(), this.#run());
  }

  killedAfter(ms: number): Promise<number | undefined> {
    this.#afresh();
    return killed(() => this.#writing(), ms, this.#run());
  }

  async runAgain(): Promise<void> {
    await finished("run", "--warehouse", this.warehouse);
  }

  /** What the killed run has told, its last line left out where the kill cut it. */
  events(): RunEventLine[] {
    const whole = readFileSync(this.#events, "utf8").split("\n").slice(0, -1);
    return whole.map((line) => JSON.parse(line) as RunEventLine);
  }

  #run(): string[] {
    return ["run", "--warehouse", this.warehouse, "--events", this.#events];
  }

  /** The run's first event: it has the lease, and begins to build. */
  #writing(): boolean {
    return existsSync(this.#events) && statSync(this.#events).size > 0;
  }

  #afresh(): void {
    const { warehouse } = this;
    for (const suffix of ["", ".wal", ".state.sqlite", ".state.sqlite-wal", ".state.sqlite-shm"]) {
      rmSync(`${warehouse}${suffix}`, { force: true });
    }
    rmSync(this.#events, { force: true });
    copyFileSync(this.#source, warehouse);
  }
}

class Campaign {
  readonly #before: Contents;
  readonly #expected: Contents;
  #writingMs: number;
  readonly #options: KillOptions;
  readonly #random: Random;
  readonly #left = { none: 0, some: 0, all: 0 };
  readonly #inCommit = { kills: 0, held: 0 };
  readonly #faults: string[] = [];
  #begun = 0;
  #tooLate = 0;

  constructor(before: Contents, expected: Contents, writingMs: number, options: KillOptions) {
    this.#before = before;
    this.#expected = expected;
    this.#writingMs = writingMs;
    this.#options = options;
    this.#random = new Random(options.seed, "kills");
  }

  async work(lane: Lane): Promise<void> {
    while (this.#begun < this.#options.kills) {
      const kill = ++this.#begun;
      for (;;) {
        const ms = this.#random.between(0, this.#writingMs);
        const endedAfter = await lane.killedAfter(ms);
        if (endedAfter === undefined) {
          const faults = await this.#judge(lane);
          this.#faults.push(...faults.map((fault) => `kill ${kill}, ${ms.toFixed(0)} ms: ${fault}`));
          break;
        }
        this.#tooLate++;
        // The machine has less to do than when it was measured.
        this.#writingMs = endedAfter;
      }
      this.#options.onKill?.(kill, this.#faults.length);
    }
  }

  result(): KilledRuns {
    return {
      seed: this.#options.seed,
      kills: this.#options.kills,
      writingMs: this.#writingMs,
      left: this.#left,
      inCommit: this.#inCommit,
      tooLate: this.#tooLate,
      faults: this.#faults,
    };
  }

  /** Looks at what a kill left, runs again, and looks at the end. Gives what is wrong. */
  async #judge(lane: Lane): Promise<string[]> {
    const events = lane.events();
    const left = await contentsOf(lane.warehouse);
    const runId = events[0]!.run_id;
    const planned = this.#expected.committed.size - this.#before.committed.size;
    const ours = [...left.committed].filter(([, by]) => by.startsWith(runId));
    this.#left[ours.length === 0 ? "none" : ours.length < planned ? "some" : "all"]++;
    const last = events.at(-1)!;
    if (last.type === "chunk-committing") {
      this.#inCommit.kills++;
      if (left.committed.has(partitionKey(last.processor, last.last))) this.#inCommit.held++;
    }
    const lost = events
      .filter(({ type, ...told }) => type === "chunk-committed" && !left.committed.has(lastOf(told)))
      .map((told) => `${lastOf(told)} was told as committed and is not there`);

    await lane.runAgain();
    const found = await contentsOf(lane.warehouse);
    const again = [...left.committed]
      .filter(([key, by]) => found.committed.get(key) !== by)
      .map(([key]) => `${key} was committed before the kill and computed again`);
    return [
      ...halfWritten(left, this.#before, this.#expected),
      ...lost,
      ...again,
      ...differences(found, this.#expected),
      ...untidy(found, runId),
    ];
  }
}

/** Partitions of which rows are there without the state, or the state without the rows. */
function halfWritten(left: Contents, before: Contents, expected: Contents): string[] {
  return PROCESSORS.flatMap(({ name, table }) =>
    [...expected.fingerprints.keys()]
      .filter((key) => key.startsWith(`${table} `))
      .filter((key) => {
        const committed = left.committed.has(partitionKey(name, key.slice(table.length + 1)));
        return left.fingerprints.get(key) !== (committed ? expected : before).fingerprints.get(key);
      })
      .map((key) => `${key}: rows and state do not go together`),
  );
}

function lastOf({ processor, last }: Pick<RunEventLine, "processor" | "last">): string {
  return partitionKey(processor, last);
}

/** The killed run is called what it is, and nobody holds the lease. */
function untidy({ runs, leaseHolder }: Contents, killedRun: string): string[] {
  const status = runs.find(({ run_id }) => run_id === killedRun)?.status;
  return [
    ...(status === "interrupted" || status === "complete" ? [] : [`the killed run is listed as ${status}`]),
    ...(leaseHolder === "" ? [] : [`${leaseHolder} still holds the lease`]),
  ];
}

/** The outcome in one or two lines. */
export function tellKilledRuns({ seed, kills, writingMs, left, inCommit, tooLate }: KilledRuns): string {
  return [
    `${kills} kills, seed ${seed}, uniform over ${(writingMs / 1000).toFixed(1)} s of writing:`,
    `${left.none} before the first partition, ${left.some} after some, ${left.all} after the last;`,
    `${inCommit.kills} inside a commit, of which ${inCommit.held} held;`,
    `${tooLate} runs had ended before they could be killed`,
  ].join(" ");
}
