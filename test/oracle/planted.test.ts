import { afterAll, beforeAll, expect, it } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import type { ProcessorName } from "../../src/processors/processor.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import type { Fixture } from "../fixture.ts";
import { compareWarehouse } from "./difference.ts";
import { leagueOf } from "./league.ts";
import { warehouseOf } from "./stored.ts";

interface Mistake {
  readonly processor: ProcessorName;
  readonly from: string;
  readonly to: string;
  /** The column that shows it, and all that follow from it. */
  readonly shows: string;
  readonly columns: RegExp;
}

/** Mistakes in the text of a statement, each of which leaves every check of a run content. */
const MISTAKES: Record<string, Mistake> = {
  "free throws count whole in usage": {
    processor: "player_game_summary",
    from: "100 * fga + 44 * fta + 100 * tov",
    to: "100 * fga + 100 * fta + 100 * tov",
    shows: "usage_rate",
    columns: /^(usage_rate|team_used)$/,
  },
  "a team's window is one game longer": {
    processor: "upcoming_team_game_context",
    from: "ORDER BY game_index ROWS BETWEEN 9 PRECEDING AND CURRENT ROW",
    to: "ORDER BY game_index ROWS BETWEEN 10 PRECEDING AND CURRENT ROW",
    shows: "offensive_rating_last_10",
    columns: /_(last_10|rank)$/,
  },
  "zones are taken from games with three shots too few": {
    processor: "team_offense_game_summary",
    from: ")) > 2 THEN 'shots_differ'",
    to: ")) > 3 THEN 'shots_differ'",
    shows: "zones_missing_reason",
    columns: /^((paint|mid_range|three)_fg[am]|points_in_paint|zone_method|zones_missing_reason)$/,
  },
};

let fixture: Fixture;
let dates: GameDate[];
beforeAll(async () => {
  fixture = await warehouseOf(leagueOf(4));
  dates = (await fixture.calendar()).dates.map(({ date }) => date);
  for (const processor of PROCESSORS) {
    if (processor.kind === "summary") await fixture.compute(processor, ...dates);
  }
});
afterAll(() => fixture.warehouse.close());

it.each(Object.entries(MISTAKES))("%s: caught, and nothing else is", async (_, mistake) => {
  const processor = PROCESSORS.find(({ name }) => name === mistake.processor)!;
  const differences = async () => {
    const partitions = dates.map((date) => ({ processor: processor.name, date }));
    return (await compareWarehouse(fixture.warehouse, partitions)).differences;
  };
  await fixture.computeEdited(processor, dates, (sql) => {
    expect(sql).toContain(mistake.from);
    return sql.replaceAll(mistake.from, mistake.to);
  });
  const found = new Set((await differences()).map(({ column }) => column));
  expect(found).toContain(mistake.shows);
  expect([...found].filter((column) => !mistake.columns.test(column))).toEqual([]);
  await fixture.compute(processor, ...dates);
  expect(await differences()).toEqual([]);
});
