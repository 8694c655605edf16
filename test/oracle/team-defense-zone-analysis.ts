import type { GameDate } from "../../src/dates.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { mean, minus, ratio, round9, rounded, sum, tierOf } from "./arithmetic.ts";
import { leagueBaseline, priorOf, shrunk, tally, teamEstimates } from "./estimates.ts";
import { finalsBefore, type History, seasonOn, summariesOf } from "./history.ts";
import { isOfficial, type Raw, rowsOf } from "./raw.ts";
import { teamWindow } from "./team-calendar.ts";
import type { TeamDefense } from "./team-defense-game-summary.ts";
import { fixturesOn } from "./visible.ts";
import { countsZones, ZONES, type Zone } from "./zones.ts";

const PCT = {
  paint: { k: 860, j: 3440 },
  mid_range: { k: 2000, j: 8000 },
  three: { k: 2800, j: 11200 },
} as const;
const SHARE_K = 1300;
const VALUE = { paint: 2, mid_range: 2, three: 3 } as const;

function attempts(row: TeamDefense, zone: Zone): number {
  return row[`opponent_${zone}_fga`] ?? 0;
}

function makes(row: TeamDefense, zone: Zone): number {
  return row[`opponent_${zone}_fgm`] ?? 0;
}

function allAttempts(row: TeamDefense): number {
  return attempts(row, "paint") + attempts(row, "mid_range") + attempts(row, "three");
}

/** A row per team of this season or the last. */
export function teamDefenseZoneAnalysis(visible: Raw, history: History, date: GameDate): Row[] {
  const season = seasonOn(visible, date);
  if (season === undefined) return [];
  const counted = history.defense.filter(countsZones);
  const league = {
    current: counted.filter((row) => row.season_year === season),
    previous: counted.filter((row) => row.season_year === season - 1 && row.season_type === "regular"),
  };
  const estimates = teamEstimates(visible, history, date);
  return teamsOf(visible, date, season).map((team) => {
    const finals = finalsBefore(visible, team, season);
    const { defense } = summariesOf(history, team, finals.slice(-15));
    const { defensive, pace } = estimates.of(team);
    const zoned = defense.filter(countsZones);
    const paced = defense.filter((row) => row.minutes !== null && row.possessions_e4 !== null);
    const faced = defense.filter((row) => row.opponent_possessions_e4 !== null);
    return rounded({
      game_date: date,
      season_year: season,
      team,
      ...zoneColumns(team, zoned, league),
      blocks_per_game_last_15: mean(defense, (row) => row.blocks),
      defensive_rating_last_15: ratio(
        100 * sum(faced, (row) => row.points_allowed),
        sum(faced, (row) => row.opponent_possessions_e4) / 1e4,
      ),
      points_allowed_per_game_last_15: mean(defense, (row) => row.points_allowed),
      pace_last_15: ratio(
        (48 * sum(paced, (row) => row.possessions_e4)) / 1e4,
        sum(paced, (row) => row.minutes) / 5,
      ),
      defensive_rating_estimate: defensive,
      pace_estimate: pace,
      games_with_zones: zoned.length,
      ...teamWindow(finals, defense.length, date),
      data_quality_tier: tierOf(finals.length),
    });
  });
}

/** Teams with a final this season before D or any last season, or a fixture on D. */
function teamsOf(visible: Raw, date: GameDate, season: number): string[] {
  const games = [
    ...fixturesOn(visible, date),
    ...[
      ...rowsOf(visible.schedule, "season_year", season),
      ...rowsOf(visible.schedule, "season_year", season - 1),
    ].filter((game) => game.status === "final" && isOfficial(game)),
  ];
  return [...new Set(games.flatMap((game) => [game.home_team, game.away_team]))].sort();
}

interface League {
  readonly current: readonly TeamDefense[];
  readonly previous: readonly TeamDefense[];
}

function zoneColumns(team: string, zoned: readonly TeamDefense[], league: League): Row {
  const own = league.previous.filter((row) => row.team === team);
  const total = sum(zoned, allAttempts);
  const columns: Record<string, number | string | null> = {};
  const against: [Zone, number][] = [];
  for (const zone of ZONES) {
    const tried = sum(zoned, (row) => attempts(row, zone));
    const made = sum(zoned, (row) => makes(row, zone));
    columns[`${zone}_pct_allowed_last_15`] = ratio(made, tried);
    columns[`${zone}_share_allowed_last_15`] = ratio(tried, total);
    columns[`${zone}_attempts_per_game_last_15`] = ratio(tried, zoned.length);
    columns[`${zone}_points_per_game_last_15`] = ratio(made * VALUE[zone], zoned.length);

    const pct = (row: TeamDefense) => ({ made: makes(row, zone), tried: attempts(row, zone) });
    const share = (row: TeamDefense) => ({ made: attempts(row, zone), tried: allAttempts(row) });
    const baseline = (of: typeof pct) =>
      leagueBaseline(tally(league.current, of), tally(league.previous, of), league.previous.length);
    const leaguePct = baseline(pct);
    const { k, j } = PCT[zone];
    const estimate = shrunk(tally(zoned, pct), priorOf(tally(own, pct), leaguePct, j), k);
    const difference = minus(estimate, leaguePct);
    columns[`league_${zone}_pct`] = leaguePct;
    columns[`${zone}_vs_league`] = difference;
    columns[`${zone}_pct_allowed_estimate`] = estimate;
    columns[`${zone}_share_allowed_estimate`] = shrunk(
      tally(zoned, share),
      priorOf(tally(own, share), baseline(share), undefined),
      SHARE_K,
    );
    if (difference !== null) against.push([zone, round9(difference)]);
  }
  // Sorting is stable, so ties stay in the order of the zones.
  columns.strongest_zone = [...against].sort((a, b) => a[1] - b[1])[0]?.[0] ?? null;
  columns.weakest_zone = [...against].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  return columns;
}
