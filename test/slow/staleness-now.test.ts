import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { type FewDates, fewDates } from "../cli/few-dates.ts";
import { nbaBackfill } from "../cli/in-process.ts";
import { disagreements } from "../staleness/judge.ts";
import { KnownBy } from "../staleness/known-by.ts";
import { type Files, writeFiles } from "../staleness/league-files.ts";
import { type Keeper, live } from "../staleness/replay.ts";

let few: FewDates;
beforeAll(async () => {
  few = await fewDates();
});
afterAll(() => few.remove());

test("a few days of the demo, lived through with --now, are those days computed at once", async () => {
  const lived = few.folder();
  await live(commandLine(lived), new KnownBy(filesIn(few.raw)), "2022-12-31");
  await command(lived, ["run"]);
  const [one, other] = [await opened(lived), await opened(few.folder("done"))];
  expect(await disagreements(one, other)).toEqual([]);
  await one.close();
  await other.close();
});

function commandLine(folder: string): Keeper {
  return {
    load: async (files, now) => {
      if (Object.values(files).every((rows) => rows.length === 0)) return;
      const news = mkdtempSync(join(folder, "news-"));
      writeFiles(files, news);
      await command(folder, ["ingest", news, "--now", now]);
    },
    // Before its games are over a date's summaries cannot be done, which the exit code says.
    run: async (now) => void (await command(folder, ["run", "--now", now], [0, 1])),
    undoneBeforehand: async (date, now) => {
      const range = ["--start-date", date, "--end-date", date];
      const { partitions } = JSON.parse(
        await command(folder, ["coverage", "--json", "--now", now, ...range]),
      ) as { partitions: { processor: string; state: string; reason: string | null }[] };
      return partitions
        .filter(({ processor, state }) => asOf.includes(processor) && !state.startsWith("complete"))
        .map(({ processor, state, reason }) => `${processor} ${state} ${reason}`);
    },
  };
}

const asOf: readonly string[] = PROCESSORS.filter(({ kind }) => kind === "asof").map(({ name }) => name);

async function command(folder: string, args: readonly string[], codes = [0]): Promise<string> {
  const { code, stdout, stderr } = await nbaBackfill(folder, args);
  if (!codes.includes(code)) throw new Error(`${args.join(" ")} left with ${code}:\n${stderr}`);
  return stdout;
}

function opened(folder: string): Promise<DuckDbWarehouse> {
  return DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb"), readOnly: true });
}

/** The rows of the CSV files in a folder, as text; the demo's fields need no quotes. */
function filesIn(folder: string): Files {
  return Object.fromEntries(
    readdirSync(folder).map((file) => {
      const [header, ...lines] = readFileSync(join(folder, file), "latin1").trimEnd().split("\n");
      const columns = header!.split(",");
      const rows = lines.map((line) => {
        const fields = line.split(",");
        return Object.fromEntries(columns.map((column, index) => [column, fields[index]!]));
      });
      return [file.replace(".csv", ""), rows];
    }),
  );
}
