import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { PARTITION_STATES } from "../coverage/coverage.ts";
import { type GameDate, isGameDate } from "../dates.ts";
import { BackfillError } from "../errors.ts";
import { PROCESSOR_NAMES } from "../processors/processor.ts";
import { processorNamed } from "../processors/registry.ts";

const gameDate = z.custom<GameDate>(
  (text) => typeof text === "string" && isGameDate(text),
  "not a date like 2022-10-18",
);
const wholeNumber = z.coerce.number("not a number").int("not a whole number").min(1, "must be at least 1");

const MEMORY = /^(\d+(?:\.\d+)?)\s?([KMGT])(i?)B$/i;

/** In bytes. */
function memoryOf(text: string): number {
  const [, amount, unit, binary] = MEMORY.exec(text)!;
  return Number(amount) * (binary ? 1024 : 1000) ** ("KMGT".indexOf(unit!.toUpperCase()) + 1);
}

/** `2021-22` or `2021` to 2021. */
const season = z.coerce
  .string()
  .regex(/^\d{4}(-\d{2})?$/, "not a season like 2021-22")
  .transform((text) => {
    const [first, second] = text.split("-");
    return {
      year: Number(first),
      wrong: second !== undefined && (Number(first) + 1) % 100 !== Number(second),
    };
  })
  .refine(({ wrong }) => !wrong, "a season's second year follows its first, like 2021-22")
  .transform(({ year }) => year);

const processors = z.coerce
  .string()
  .transform((text) => text.split(",").map((name) => processorNamed(name.trim()).name));

const NO_TIME = "not a time like 2026-01-16T12:00:00Z";

const flag = z.boolean("must be true or false");

interface OptionSpec {
  readonly flags: string;
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Separated by commas on a command line; a list in the config file. */
  readonly isList?: true;
  readonly fallback?: unknown;
}

/**
 * Every option of the command line, declared once: help, parsing, environment variables (NBA_BACKFILL_ and the flag's
 * name in capitals) and the keys of nba-backfill.config.json are made from this list.
 */
export const OPTIONS = {
  warehouse: {
    flags: "--warehouse <path>",
    description: "DuckDB file that holds the warehouse",
    schema: z.string().min(1),
    fallback: "nba-backfill.duckdb",
  },
  json: { flags: "--json", description: "print one JSON object on stdout, all else on stderr" },
  now: {
    flags: "--now <time>",
    description: "the time this command takes for now (tests, replays)",
    schema: z
      .string()
      // Date.parse takes February 30 for March 2.
      .refine((text) => !/^\d{4}-\d{2}-\d{2}/.test(text) || isGameDate(text.slice(0, 10)), NO_TIME)
      .pipe(z.coerce.date(NO_TIME)),
  },
  historyStart: {
    flags: "--history-start <date>",
    description: "first game date that counts; earlier ones are warm-up",
    schema: gameDate,
  },
  startDate: { flags: "--start-date <date>", description: "first game date", schema: gameDate },
  endDate: { flags: "--end-date <date>", description: "last game date", schema: gameDate },
  dates: {
    flags: "--dates <dates>",
    isList: true,
    description: "game dates, separated by commas",
    schema: z
      .string()
      .transform((text): unknown[] => text.split(",").map((date) => date.trim()))
      .pipe(z.array(gameDate)),
  },
  year: {
    flags: "--year <year>",
    description: "calendar year",
    schema: z.coerce
      .number("not a year")
      .int("not a year")
      .min(1946, "must be at least 1946")
      .max(2100, "must be at most 2100"),
  },
  season: { flags: "--season <season>", description: "season, like 2021-22", schema: season },
  phase: {
    flags: "--phase <phase>",
    description: "3 (analytics) or 4 (precompute)",
    schema: z.coerce
      .string()
      .pipe(z.enum(["3", "4"], "must be 3 or 4"))
      .transform((text) => Number(text) as 3 | 4),
  },
  processor: {
    flags: "--processor <names>",
    isList: true,
    description: `processors, separated by commas: ${PROCESSOR_NAMES.join(", ")}`,
    schema: processors,
  },
  only: {
    flags: "--only <states>",
    isList: true,
    description: `states, separated by commas: ${PARTITION_STATES.join(", ")}`,
    schema: z
      .string()
      .transform((text): unknown[] => text.split(",").map((state) => state.trim()))
      .pipe(z.array(z.enum(PARTITION_STATES, `states are ${PARTITION_STATES.join(", ")}`))),
  },
  strict: { flags: "--strict", description: "leave with 1 where a check that warns finds something, too" },
  failOnGaps: {
    flags: "--fail-on-gaps",
    description:
      "leave with 1 where a partition is not done, raw tables and schedule do not fit together, or rows are on no game date",
  },
  shallow: { flags: "--shallow", description: "believe the recorded state instead of reading the tables" },
  deep: {
    flags: "--deep",
    description: "read the tables too: what was deleted or edited behind our back is built again",
  },
  limit: {
    flags: "--limit <n>",
    description: "only the first N game dates that need work",
    schema: wholeNumber,
  },
  chunk: {
    flags: "--chunk <rule>",
    description: "dates a statement computes: all, season, month, day, or a number of dates",
    schema: z.union(
      [z.enum(["all", "season", "month", "day"]), wholeNumber],
      "must be all, season, month, day or a number",
    ),
    fallback: "all",
  },
  dryRun: { flags: "--dry-run", description: "print what would be done and write nothing" },
  explain: {
    flags: "--explain",
    description: "say how each file would be read, what is unused, missing or wrong, and write nothing",
  },
  out: {
    flags: "--out <file>",
    description: "also write the plan there, for run --plan",
    schema: z.string().min(1),
  },
  plan: {
    flags: "--plan <file>",
    description: "run a plan that 'plan --out' wrote; refused where the world has changed since",
    schema: z.string().min(1),
  },
  failFast: { flags: "--fail-fast", description: "stop after the first chunk with a failed partition" },
  resume: { flags: "--no-resume", description: "another word for --force" },
  events: {
    flags: "--events <file>",
    description: "append what happens, numbered, as JSON lines",
    schema: z.string().min(1),
  },
  force: { flags: "--force", description: "build what is selected even where nothing changed" },
  stopAtGaps: {
    flags: "--stop-at-gaps",
    description: "start a fresh warehouse and stop at the owner's gaps of 2026-01-17",
  },
  direct: {
    flags: "--direct",
    description: "straight to the end, not by way of the owner's gaps: about half the time",
  },
  update: {
    flags: "--update",
    description: "first refresh nba_backfill.backfill_progress from what is really in the tables",
  },
  watch: { flags: "--watch", description: "draw again every two seconds until Ctrl-C" },
  sequential: {
    flags: "--sequential",
    description: "processors one after the other",
  },
  skipValidation: {
    flags: "--skip-validation",
    description: "leave out the listing of missing inputs; what lacks one is blocked all the same",
  },
  threads: {
    flags: "--threads <n>",
    description: "threads of the engine",
    schema: wholeNumber.max(1024, "must be at most 1024"),
  },
  memory: {
    flags: "--memory <size>",
    description: "memory limit of the engine",
    schema: z
      .string()
      .regex(MEMORY, { error: "not a size like 2GB", abort: true })
      .refine(
        (text) => memoryOf(text) >= 16e6,
        "must be at least 16MB, which the engine needs to open a file",
      )
      .refine((text) => memoryOf(text) <= 1e15, "must be at most 1000TB"),
    fallback: "2GB",
  },
  mapping: {
    flags: "--mapping <name>",
    description: "shipped mapping, or a mapping file; without it one is chosen by the columns found",
    schema: z.string().min(1),
  },
  lineLeadMinutes: {
    flags: "--line-lead-minutes <n>",
    description:
      "minutes before tip-off after which snapshots no longer count; as the ingest before, at first 0",
    schema: z.coerce.number("not a number").int("not a whole number").min(0, "must be at least 0"),
  },
  player: {
    flags: "--player <player>",
    description: "player id, name or a part of one, whatever its accents and case",
    schema: z.string().trim().min(1, "must not be empty"),
  },
  team: {
    flags: "--team <tricode>",
    description: "team, like LAL",
    schema: z.string().trim().min(1, "must not be empty"),
  },
  columns: {
    flags: "--columns <names>",
    isList: true,
    description: "columns, separated by commas",
    schema: z.string().transform((text) => text.split(",").map((name) => name.trim())),
  },
  csv: { flags: "--csv", description: "print rows as CSV on stdout, all else on stderr" },
  baseUrl: {
    flags: "--base-url <url>",
    description: "where nba-cdn is served",
    schema: z.url({ protocol: /^https?$/, error: "not a URL like https://cdn.nba.com/static/json" }),
    fallback: "https://cdn.nba.com/static/json",
  },
  cache: {
    flags: "--cache <folder>",
    description: "documents of nba-cdn as they were served; an interrupted ingest goes on from there",
    schema: z.string().min(1),
    fallback: ".nba-backfill/nba-cdn",
  },
  from: {
    flags: "--from <folder>",
    description: "nba-cdn out of saved documents, without the network",
    schema: z.string().min(1),
  },
  all: { flags: "--all", description: "nba-cdn: also games that the warehouse has whole" },
  seed: {
    flags: "--seed <n>",
    description: "seed of the generated league",
    schema: z.coerce.number("not a number").int("not a whole number"),
    fallback: 1,
  },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof OPTIONS;

type ValueOf<Spec> = Spec extends { schema: z.ZodType<infer T> } ? T : boolean;

/** The parsed options of a command: what has a fallback is always there. */
export type Options<Names extends OptionName> = {
  readonly [Name in Names as (typeof OPTIONS)[Name] extends { fallback: unknown } ? Name : never]: ValueOf<
    (typeof OPTIONS)[Name]
  >;
} & {
  readonly [Name in Names as (typeof OPTIONS)[Name] extends { fallback: unknown } ? never : Name]?: ValueOf<
    (typeof OPTIONS)[Name]
  >;
};

/** Adds options to a command, with their parsing, defaults and environment variables. */
export function addOptions(command: Command, names: readonly OptionName[]): Command {
  for (const name of names) {
    const spec: OptionSpec = OPTIONS[name];
    const option = new Option(spec.flags, spec.description);
    // A variable that says no by being there would read as its opposite.
    // To commander any value of a flag's variable switches it on, `false` and the empty one included.
    const off = !spec.schema && NO.test(process.env[environmentName(name)] ?? "unset");
    if (!option.negate && !off) option.env(environmentName(name));
    if (spec.schema) option.argParser((text: string) => parseValue(name, text));
    if (spec.fallback !== undefined) option.default(spec.fallback);
    command.addOption(option);
  }
  return command;
}

const NO = /^(0|false|)$/i;
const YES = /^(1|true)$/i;

/** Throws `usage` where the variable of a flag says neither yes nor no. Only a command that is carried out asks. */
export function refuseOddFlags(command: Command): void {
  for (const option of command.options) {
    const name = option.attributeName();
    if (option.envVar === undefined || option.required || option.optional) continue;
    if (command.getOptionValueSource(name) !== "env" || YES.test(process.env[option.envVar] ?? "")) continue;
    throw new BackfillError("usage", `${option.envVar} must be true or false`);
  }
}

/** A value from the command line, the environment or the config file. */
export function parseValue(name: OptionName, value: unknown): unknown {
  const { schema = flag, isList }: OptionSpec = OPTIONS[name];
  if (isList && Array.isArray(value)) return parseValue(name, value.join(","));
  // What is to be a number is made one: of true, a list or nothing at all that would be one, too.
  if (schema !== flag && !["string", "number"].includes(typeof value)) {
    throw new InvalidArgumentError("must be text or a number");
  }
  if (value === "") throw new InvalidArgumentError("must not be empty");
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(parsed.error.issues[0]!.message);
}

function environmentName(name: OptionName): string {
  return `NBA_BACKFILL_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
