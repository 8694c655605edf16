import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import { writeDemoLeague } from "../../src/demo/league.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { run, worldOf } from "../run/league-runs.ts";
import { verdictOn } from "../staleness/corrected-league.ts";
import { judgeCorrection, summaryOf, type Verdict } from "../staleness/judge.ts";
import { CORRECTIONS } from "../staleness/league-corrections.ts";
import { emptyWarehouse, filesOf, ingestPath } from "../staleness/league-files.ts";

/** What differs was listed, what is not listed is equal, nothing was computed in vain, and the run made all equal. */
function judge(kind: string, verdict: Verdict): void {
  console.log(`${kind}: ${summaryOf(verdict)}`);
  expect(verdict).toMatchObject({ unlisted: [], needlessly: [], left: [] });
  expect(verdict.differing.length).toBeGreaterThan(0);
}

describe("one correction in the middle of the messy league", () => {
  test.each(Object.entries(CORRECTIONS))("%s", async (kind, correction) => {
    judge(kind, await verdictOn(correction(filesOf(7))));
  });
});

describe("one corrected box score in the middle of 2023", () => {
  test("two seasons of the demo", async () => {
    const folder = mkdtempSync(join(tmpdir(), "nba-backfill-staleness-demo-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const files = join(folder, "league");
    await writeDemoLeague(files, { seed: 1, seasons: [2022, 2023] });
    const present = { today: "2024-07-15" as GameDate, processors: PROCESSORS };
    const built = async () => {
      const warehouse = await emptyWarehouse();
      await ingestPath(warehouse, files, "2024-07-14T12:00:00Z");
      await run({ warehouse }, present);
      return warehouse;
    };
    const first = await built();
    const correction = join(folder, "correction");
    correctBoxScore(join(files, BOXES), correction);
    const second = await built();
    judge(
      "the demo",
      await judgeCorrection(first, () => ingestPath(first, correction, "2024-07-15T12:00:00Z"), second, {
        worldOf: (warehouse) => worldOf({ warehouse }, present),
        run: (warehouse) => run({ warehouse }, present),
      }),
    );
    await first.close();
    await second.close();
  });
});

const BOXES = "player_boxscores.csv";

/** Gives somebody who played on 2023-03-15 one more missed shot, in the file and as a file of its own. */
function correctBoxScore(file: string, apart: string): void {
  const [header, ...lines] = readFileSync(file, "latin1").trimEnd().split("\n");
  const column = (name: string) => header!.split(",").indexOf(name);
  const place = lines.findIndex((line) => {
    const fields = line.split(",");
    return fields[column("game_date")] === "2023-03-15" && Number(fields[column("seconds")]) > 1200;
  });
  const fields = lines[place]!.split(",");
  fields[column("fga")] = String(Number(fields[column("fga")]) + 1);
  const corrected = fields.join(",");
  mkdirSync(apart);
  writeFileSync(join(apart, BOXES), `${header}\n${corrected}\n`, "latin1");
  writeFileSync(file, `${[header, ...lines.with(place, corrected)].join("\n")}\n`, "latin1");
}
