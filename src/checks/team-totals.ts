import type { Processor } from "../processors/processor.ts";
import { OF_THE_DATES, type Place } from "./declared.ts";

/** Sums of the rows of a team and game against its box score; nothing where the team has none. */
export function teamCounts(processor: Processor, from: string): string {
  const totals = processor.teamTotals.map(({ sums, tolerance }) =>
    Object.entries(sums).map(([ours, theirs]) => ({ ours, theirs, tolerance })),
  );
  const each = totals.flatMap((total, index) =>
    total.map((sum, place) => ({ ...sum, name: `${index}_${place}` })),
  );
  const differs = (index: number) =>
    each
      .filter(({ name }) => name.startsWith(`${index}_`))
      .map(({ name, tolerance }) => `ABS(ours_${name} - theirs_${name}) > ${tolerance}e0 * theirs_${name}`)
      .join(" OR ");
  const key = "team_sums.game_id || ' ' || team_sums.team";
  return `team_sums AS (
  SELECT game_date, game_id, team, ${each.map(({ ours, name }) => `SUM(${ours}) AS ours_${name}`).join(", ")}
  FROM ${from} AS checked_rows GROUP BY game_date, game_id, team
),
boxes_of_teams AS (
  SELECT game_id AS box_game, team AS box_team, ${each.map(({ theirs, name }) => `${theirs} AS theirs_${name}`).join(", ")}
  FROM nba_raw.team_boxscores WHERE ${OF_THE_DATES}
),
team_counts AS (
  SELECT game_date, COUNT(*) AS team_count, ${totals
    .map(
      (_, index) => `COUNTIF(${differs(index)}) AS team_${index},
    MIN(CASE WHEN ${differs(index)} THEN ${key} END) AS team_${index}_example`,
    )
    .join(",\n    ")}
  FROM team_sums
  JOIN boxes_of_teams ON boxes_of_teams.box_game = team_sums.game_id AND boxes_of_teams.box_team = team_sums.team
  GROUP BY game_date
)`;
}

/** Where the counts of the checks of teams stand. */
export function teamPlaces({ teamTotals }: Processor): Place[] {
  return teamTotals.map(({ name }, index) => ({
    name,
    cte: "team_counts",
    checked: "team_count",
    found: `team_${index}`,
    example: `team_${index}_example`,
  }));
}
