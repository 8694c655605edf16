import { code, common, engine, type Flags, json, type Observed, selection } from "./flag.ts";

const checked = (observed: Observed) =>
  observed.code === 2
    ? 0
    : (json(observed).processors as { partitions: number }[]).reduce((sum, of) => sum + of.partitions, 0);
const judged = (observed: Observed) => {
  if (observed.code === 2) return 0;
  const { adopted, refused } = json(observed) as { adopted: unknown[]; refused: unknown[] };
  return adopted.length + refused.length;
};

const historyStart = "--history-start 2023-01-01";
/** 2023-01-02 and 02-07 are to come. */
const now = "--now 2023-01-01T12:00:00Z";
const ONE = "team_offense_game_summary";

/** Both name processors as arguments. */
function withoutProcessor({ processor: _, ...rest }: Flags): Flags {
  return rest;
}

function dates(where: "done" | "unrecorded", line: string, count: (observed: Observed) => unknown): Flags {
  const of = { where, line, sees: count, without: 45 } as const;
  return {
    ...withoutProcessor(selection(where, line, count)),
    historyStart: { ...of, flag: historyStart, with: 3 * 9 },
    now: { ...of, flag: now, with: 3 * 9 },
  };
}

export const JUDGING: Readonly<Record<string, Flags>> = {
  adopt: {
    ...common("done", "adopt"),
    ...dates("unrecorded", "adopt --dry-run --json", judged),
    dryRun: {
      where: "unrecorded",
      line: `adopt ${ONE} --json`,
      flag: "--dry-run",
      // No run is written down, though as many partitions are judged.
      sees: (observed) => [json(observed).run_id === null, judged(observed)],
      without: [false, 5],
      with: [true, 5],
    },
  },
  check: {
    ...common("done", `check ${ONE}`),
    ...engine("done", `check ${ONE}`),
    ...dates("done", "check --json", checked),
    strict: {
      where: "odd",
      line: "check ml_feature_store",
      flag: "--strict",
      sees: code,
      without: 0,
      with: 1,
    },
  },
};
