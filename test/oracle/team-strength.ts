import { minus, ratio, round9, sum } from "./arithmetic.ts";
import { finalsBefore, type History, summariesOf } from "./history.ts";
import { type Raw, rowsOf } from "./raw.ts";

const COLUMNS = [
  { name: "offensive_rating", best: "highest" },
  { name: "defensive_rating", best: "lowest" },
  { name: "net_rating", best: "highest" },
  { name: "pace", best: "highest" },
  { name: "efg_pct", best: "highest" },
  { name: "tov_rate", best: "lowest" },
  { name: "oreb_rate", best: "highest" },
  { name: "ft_rate", best: "highest" },
  { name: "opponent_efg_pct", best: "lowest" },
  { name: "opponent_tov_rate", best: "highest" },
  { name: "opponent_oreb_rate", best: "lowest" },
  { name: "opponent_ft_rate", best: "lowest" },
] as const;
type StrengthName = (typeof COLUMNS)[number]["name"];
export type Strength = { [name in StrengthName]: number | null };

/** A team's ratings, pace and four factors over its last 10 finals, as ratios of sums over those with summaries. */
function strengthOf(visible: Raw, history: History, team: string, season: number): Strength {
  const { offense, defense } = summariesOf(history, team, finalsBefore(visible, team, season).slice(-10));
  const counted = offense.filter((row) => row.possessions_e4 !== null);
  const faced = defense.filter((row) => row.opponent_possessions_e4 !== null);
  const timed = counted.filter((row) => row.minutes !== null);
  const possessions = sum(counted, (row) => row.possessions_e4) / 1e4;
  const opponentPossessions = sum(faced, (row) => row.opponent_possessions_e4) / 1e4;
  const fga = sum(offense, (row) => row.fga);
  const opponentFga = sum(defense, (row) => row.opponent_fga);
  const oreb = sum(offense, (row) => row.oreb);
  const opponentOreb = sum(defense, (row) => row.opponent_oreb);
  const offensive = ratio(100 * sum(counted, (row) => row.pts), possessions);
  const defensive = ratio(100 * sum(faced, (row) => row.points_allowed), opponentPossessions);
  const strength: Strength = {
    offensive_rating: offensive,
    defensive_rating: defensive,
    net_rating: minus(offensive, defensive),
    pace: ratio((48 * sum(timed, (row) => row.possessions_e4)) / 1e4, sum(timed, (row) => row.minutes) / 5),
    efg_pct: ratio(sum(offense, (row) => row.fgm) + 0.5 * sum(offense, (row) => row.fg3m), fga),
    tov_rate: ratio(
      sum(counted, (row) => row.tov),
      possessions,
    ),
    oreb_rate: ratio(oreb, oreb + sum(offense, (row) => row.opponent_dreb)),
    ft_rate: ratio(
      sum(offense, (row) => row.fta),
      fga,
    ),
    opponent_efg_pct: ratio(
      sum(defense, (row) => row.opponent_fgm) + 0.5 * sum(defense, (row) => row.opponent_fg3m),
      opponentFga,
    ),
    opponent_tov_rate: ratio(
      sum(faced, (row) => row.turnovers_forced),
      opponentPossessions,
    ),
    opponent_oreb_rate: ratio(opponentOreb, opponentOreb + sum(defense, (row) => row.dreb)),
    opponent_ft_rate: ratio(
      sum(defense, (row) => row.opponent_fta),
      opponentFga,
    ),
  };
  // Ranks compare the columns as they are published.
  for (const { name } of COLUMNS) {
    const value = strength[name];
    strength[name] = value === null ? null : round9(value);
  }
  return strength;
}

/** The last-10 columns and their ranks, of every team that has played this season. */
export function strengthColumns(visible: Raw, history: History, season: number) {
  const games = rowsOf(visible.schedule, "season_year", season);
  const teams = new Set(games.flatMap((game) => [game.home_team, game.away_team]));
  const all = new Map([...teams].map((team) => [team, strengthOf(visible, history, team, season)]));
  return (team: string): Record<string, number | null> => {
    const own = all.get(team)!;
    const columns: Record<string, number | null> = {};
    for (const { name, best } of COLUMNS) {
      const value = own[name];
      columns[`${name}_last_10`] = value;
      let rank: number | null = null;
      if (value !== null) {
        rank = 1;
        for (const other of all.values()) {
          const theirs = other[name];
          if (theirs !== null && (best === "highest" ? theirs > value : theirs < value)) rank += 1;
        }
      }
      columns[`${name}_rank`] = rank;
    }
    return columns;
  };
}
