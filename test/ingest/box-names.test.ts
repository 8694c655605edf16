import { expect, test } from "vitest";
import { coverageOf } from "../../src/coverage/history.ts";
import type { GameDate } from "../../src/dates.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { recordIngest } from "../../src/run/look.ts";
import { run, worldOf } from "../run/league-runs.ts";
import { hoopRGame, hoopRPlayer, hoopRTeam } from "./feeds.ts";
import { Folder } from "./folder.ts";

const now = new Date("2022-10-21T12:00:00Z");
const present = { today: "2022-10-21" as GameDate };
const dates = ["2022-10-18", "2022-10-20"];

async function load(folder: Folder, paths: readonly string[]): Promise<void> {
  const afterLoad = async () => {
    await recordIngest(folder.warehouse, now.toISOString());
  };
  await ingest(folder.warehouse, { paths }, { now, afterLoad });
}

/** Two games of ESPN's, five players a side who score twelve or ten points each. */
function files(folder: Folder): string[] {
  const sides = [
    { team_abbreviation: "BOS", opponent_team_abbreviation: "PHI", points: 12 },
    { team_abbreviation: "PHI", opponent_team_abbreviation: "BOS", points: 10 },
  ];
  const boxes = dates.flatMap((game_date) => sides.map((side) => ({ ...side, game_date })));
  const made = ({ points, ...side }: (typeof boxes)[number], players: number) => ({
    ...side,
    field_goals_made: (players * points) / 2,
    field_goals_attempted: players * 15,
    three_point_field_goals_made: 0,
    three_point_field_goals_attempted: 0,
    free_throws_made: 0,
    free_throws_attempted: 0,
  });
  return [
    folder.csv(
      "schedule.csv",
      dates.map((date, index) =>
        hoopRGame({ id: 401468016 + index, date: `${date}T23:30Z`, home_score: 60, away_score: 50 }),
      ),
    ),
    folder.csv(
      "players.csv",
      boxes.flatMap((box) =>
        ["A", "B", "C", "D", "E"].map((letter) =>
          hoopRPlayer({
            ...made(box, 1),
            points: box.points,
            minutes: 48,
            athlete_display_name: `${box.team_abbreviation} Player ${letter}`,
          }),
        ),
      ),
    ),
    folder.csv(
      "teams.csv",
      boxes.map((box) => hoopRTeam({ ...made(box, 5), team_score: 5 * box.points })),
    ),
  ];
}

test("hoopR alone makes the nine tables; an alias re-keys a player and makes what read him stale, and no more", async () => {
  await using folder = await Folder.open();
  await load(folder, files(folder));
  await run(folder, present);
  const ids = (table: string) =>
    folder.read(
      `SELECT game_date, player_id FROM nba_analytics.${table}
       WHERE team = 'BOS' AND player_id NOT LIKE 'name:bosplayer_' ORDER BY game_date`,
    );
  expect(await ids("player_game_summary")).toEqual([]);
  const [{ rows }] = (await folder.read(
    "SELECT COUNT(*) AS rows FROM nba_analytics.player_game_summary",
  )) as [{ rows: number }];
  expect(rows).toBe(2 * 2 * 5);

  await load(folder, [folder.csv("aliases.csv", [{ alias: "BOS Player A", player_id: "1600001" }])]);
  const stale = coverageOf(await worldOf(folder, present)).filter(({ state }) => state === "stale");
  // His two games, and of the second date what reads listings of the first. Team boxes name no player.
  expect(stale.map(({ processor, game_date }) => `${game_date} ${processor}`).sort()).toEqual([
    "2022-10-18 player_game_summary",
    "2022-10-20 ml_feature_store",
    "2022-10-20 player_composite_factors",
    "2022-10-20 player_game_summary",
    "2022-10-20 player_shot_zone_analysis",
    "2022-10-20 upcoming_player_game_context",
    "2022-10-20 upcoming_team_game_context",
  ]);

  await run(folder, present);
  expect(await ids("player_game_summary")).toEqual(
    dates.map((game_date) => ({ game_date, player_id: "1600001" })),
  );
  expect(await ids("upcoming_player_game_context")).toEqual([
    { game_date: "2022-10-20", player_id: "1600001" },
  ]);
});
