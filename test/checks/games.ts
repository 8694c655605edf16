import type { GameDate } from "../../src/dates.ts";
import { planBackfill } from "../../src/plan/plan.ts";
import { playerGameSummary } from "../../src/processors/analytics/player_game_summary/processor.ts";
import type { Processor } from "../../src/processors/processor.ts";
import { recordIngest } from "../../src/run/look.ts";
import { executeRun } from "../../src/run/run.ts";
import { readWorld } from "../../src/run/world.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";

const DATE = "2023-02-07" as GameDate;
const NOW = "2023-02-08T12:00:00Z";

const TEAMS = ["BOS", "LAL", "NYK", "MIA", "CHI", "DAL", "DEN", "PHX", "TOR", "UTA"];

/** Ten players a team with 10 points each: 100 rows, and every game ends 100 to 100 but for one point at home. */
export async function fiveGames(): Promise<Fixture> {
  const fixture = await Fixture.open();
  for (let game = 0; game < 5; game++) {
    const [home, away] = [TEAMS[2 * game]!, TEAMS[2 * game + 1]!];
    const game_id = `002220000${game}`;
    await fixture.insert("nba_raw.schedule", [
      {
        game_id,
        season_year: 2022,
        season_type: "regular",
        game_date: DATE,
        home_team: home,
        away_team: away,
        status: "final",
        home_score: 101,
        away_score: 100,
        asof_cutoff_at: "2023-02-08T00:00:00Z",
        asof_cutoff_kind: "tipoff",
      },
    ]);
    for (const team of [home, away]) {
      const extra = team === home ? 1 : 0;
      await fixture.insert("nba_raw.team_boxscores", [
        {
          game_id,
          team,
          game_date: DATE,
          minutes: 240,
          ...line(50, extra),
          pts: 100 + extra,
          fga: 100,
          tov: 10,
        },
      ]);
      await fixture.insert(
        "nba_raw.player_boxscores",
        Array.from({ length: 10 }, (_, player) => ({
          game_id,
          game_date: DATE,
          team,
          player_id: `${team}-${player}`,
          status: "active",
          lists_nonplayers: false,
          seconds: 1440,
          ...line(5, player === 0 ? extra : 0),
          fga: 10,
          tov: 1,
        })),
      );
    }
  }
  await recordIngest(fixture.warehouse, NOW);
  return fixture;
}

/** A line of two-pointers and free throws, all of them made. */
function line(fgm: number, ftm: number): Row {
  const none = { fg3m: 0, fg3a: 0, oreb: 0, dreb: 0, ast: 0, stl: 0, blk: 0, pf: 0 };
  return { ...none, fgm, ftm, fta: ftm, pts: 2 * fgm + ftm };
}

/** Breaks `pts = 2 fgm + fg3m + ftm` of that many players, one a team, without a change of any score. */
export async function breakLines({ warehouse }: Fixture, players: number): Promise<void> {
  for (const team of TEAMS.slice(0, players)) {
    await warehouse.execute(
      "UPDATE nba_raw.player_boxscores SET fgm = fgm - 1 WHERE player_id = @player_id",
      { player_id: `${team}-1` },
    );
  }
  await recordIngest(warehouse, NOW);
}

export async function mendLines({ warehouse }: Fixture): Promise<void> {
  await warehouse.execute("UPDATE nba_raw.player_boxscores SET fgm = 5");
  await recordIngest(warehouse, NOW);
}

export function worldOf({ warehouse }: Fixture, processors: readonly Processor[] = [playerGameSummary]) {
  return readWorld(warehouse, processors, { today: DATE });
}

/** Runs the player summaries of the date. */
export async function run(fixture: Fixture): Promise<void> {
  const world = await worldOf(fixture);
  const plan = planBackfill(world, {}, { chunk: "all", force: false });
  await executeRun(
    fixture.warehouse,
    world,
    plan,
    { claim: { runId: "run", host: "host", pid: 1 }, command: "run", selection: "{}" },
    {
      now: () => new Date(NOW),
      elapsedMs: () => performance.now(),
      sleep: async () => undefined,
      onEvent: () => undefined,
      stop: new AbortController().signal,
    },
  );
}
