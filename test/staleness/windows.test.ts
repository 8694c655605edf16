import { afterAll, beforeAll, expect, test } from "vitest";
import { coverageOf } from "../../src/coverage/history.ts";
import type { GameDate } from "../../src/dates.ts";
import type { ProcessorName } from "../../src/processors/processor.ts";
import type { Fixture } from "../fixture.ts";
import { run, worldOf } from "../run/league-runs.ts";
import { afterPlayers, type Dates, later, next } from "./after-players.ts";
import { handWorkedLeague, SEASONS, SOURCE, snapshot } from "./hand-worked-league.ts";

/**
 * Every partition that one changed row of 2022-06-01 makes stale, worked out by hand from the windows that
 * processors.md gives each table. Later dates of its season, the ones of the next, and those of the third that are at
 * most 365 days away: 2023-06-01 is, 2023-06-02 is not.
 */
const every = Object.values(SEASONS).flat();

/** The same with changed team summaries: teams look back on two seasons. */
const afterTeams: Dates = {
  ...afterPlayers,
  player_game_summary: [SOURCE],
  team_offense_game_summary: [SOURCE],
  team_defense_game_summary: [SOURCE],
  upcoming_team_game_context: [...later, ...next],
  team_defense_zone_analysis: [...later, ...next],
};

const players = ["upcoming_player_game_context", "player_composite_factors", "ml_feature_store"] as const;

/** The tables of players on these dates, with the zones of those on a roster. */
const onRosters = (...dates: string[]): Dates =>
  Object.fromEntries([...players, "player_shot_zone_analysis"].map((name) => [name, dates]));

function withSource(stale: Dates, ...names: ProcessorName[]): Dates {
  return { ...stale, ...Object.fromEntries(names.map((name) => [name, [SOURCE, ...(stale[name] ?? [])]])) };
}

const update =
  (table: string, change: string, where = "TRUE") =>
  (fixture: Fixture) =>
    fixture.warehouse.execute(
      `UPDATE nba_raw.${table} SET ${change} WHERE game_date = '${SOURCE}' AND ${where}`,
    );
const insert = (table: keyof typeof snapshot, at: string | null) => (fixture: Fixture) =>
  fixture.insert(`nba_raw.${table}`, [snapshot[table](at as string)]);

const TODAY = "2023-06-03" as GameDate;
const BEFORE = "2022-06-01T22:59:59Z";
const AT_TIP_OFF = "2022-06-01T23:00:00Z";

const cases: readonly (readonly [string, (fixture: Fixture) => Promise<void>, Dates])[] = [
  [
    "a player's box score",
    update("player_boxscores", "stl = 3", "player_id = '1'"),
    { ...afterPlayers, player_game_summary: [SOURCE] },
  ],
  ["a team's box score", update("team_boxscores", "stl = 3", "team = 'BOS'"), afterTeams],
  ["a shot", update("shots", "zone = 'mid_range'", "event_id = 2"), afterTeams],
  ["a final score", update("schedule", "home_score = 11"), afterTeams],
  [
    "a tip-off",
    update("schedule", "asof_cutoff_at = TIMESTAMP '2022-06-01 22:30:00+00'"),
    withSource(
      afterTeams,
      ...players,
      "upcoming_team_game_context",
      "team_defense_zone_analysis",
      "player_shot_zone_analysis",
    ),
  ],
  [
    "a points line before the cut-off",
    update("player_props", "line = 3.5"),
    { ...withSource(afterPlayers, ...players), player_game_summary: [SOURCE] },
  ],
  [
    "a points line of unknown time",
    insert("player_props", null),
    { ...afterPlayers, player_game_summary: [SOURCE] },
  ],
  ["a points line at the cut-off", insert("player_props", AT_TIP_OFF), {}],
  [
    "an injury report before the cut-off",
    insert("injury_reports", BEFORE),
    { ...onRosters(SOURCE), upcoming_team_game_context: [SOURCE] },
  ],
  ["an injury report at the cut-off", insert("injury_reports", AT_TIP_OFF), {}],
  [
    "a game line before the cut-off",
    insert("game_lines", BEFORE),
    { upcoming_team_game_context: [SOURCE], ml_feature_store: [SOURCE] },
  ],
  ["a game line at the cut-off", insert("game_lines", AT_TIP_OFF), {}],
  // Ten days later is 2022-06-11, eleven 2022-06-12.
  ["a roster before the cut-off", insert("rosters", BEFORE), onRosters(SOURCE, "2022-06-02", "2022-06-11")],
  ["a roster at the cut-off", insert("rosters", AT_TIP_OFF), onRosters("2022-06-02", "2022-06-11")],
  [
    "a date of birth",
    ({ warehouse }) =>
      warehouse.execute("UPDATE nba_raw.players SET birth_date = DATE '1995-02-04' WHERE player_id = '1'"),
    Object.fromEntries(players.map((name) => [name, every])),
  ],
];

let fixture: Fixture;
beforeAll(async () => {
  fixture = await handWorkedLeague();
  const { status } = await run(fixture, { today: TODAY });
  expect(status).toBe("complete");
});
afterAll(() => fixture[Symbol.asyncDispose]());

test.each(cases)("%s makes stale exactly what reads it", async (_, change, expected) => {
  let found: Dates = {};
  const undone = new Error("undone");
  await fixture.warehouse
    .transaction(async () => {
      await change(fixture);
      found = await staleIn(fixture);
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  expect(found).toEqual(expected);
});

async function staleIn(fixture: Fixture): Promise<Dates> {
  const stale = coverageOf(await worldOf(fixture, { today: TODAY })).filter(({ state }) => state === "stale");
  return Object.fromEntries(
    [...Map.groupBy(stale, ({ processor }) => processor)].map(([name, of]) => [
      name,
      of.map(({ game_date }) => game_date),
    ]),
  );
}
