import type { GameDate } from "../../src/dates.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { ratio, rounded, sum, tierOf } from "./arithmetic.ts";
import { leagueBaseline, priorOf, shrunk, type Tally, tally } from "./estimates.ts";
import { finalsBefore, type History, listingsIn, playedGames, seasonOn } from "./history.ts";
import type { PlayerGame } from "./player-game-summary.ts";
import { type Raw, rowsOf } from "./raw.ts";
import { rosterOn } from "./roster.ts";
import { countsZones, ZONES, type Zone } from "./zones.ts";

const PCT_WEIGHT = { paint: 150, mid_range: 180, three: 400 } as const;

function attempts(row: PlayerGame, zone: Zone): number {
  return row[`${zone}_fga`] ?? 0;
}

function makes(row: PlayerGame, zone: Zone): number {
  return row[`${zone}_fgm`] ?? 0;
}

function allAttempts(row: PlayerGame): number {
  return attempts(row, "paint") + attempts(row, "mid_range") + attempts(row, "three");
}

function pct(row: PlayerGame, zone: Zone): Tally {
  return { made: makes(row, zone), tried: attempts(row, zone) };
}

function share(row: PlayerGame, zone: Zone): Tally {
  return { made: attempts(row, zone), tried: allAttempts(row) };
}

interface League {
  /** Last regular season's games that have zones. */
  readonly previous: readonly PlayerGame[];
  readonly pct: (zone: Zone) => number | null;
  readonly share: (zone: Zone) => number | null;
}

function leagueOn(history: History, season: number): League {
  const counted = history.players.filter((row) => row.played && countsZones(row));
  const current = counted.filter((row) => row.season_year === season);
  const previous = counted.filter((row) => row.season_year === season - 1 && row.season_type === "regular");
  const teamGames = new Set(previous.map((row) => `${row.game_id} ${row.team}`)).size;
  const rate = (of: typeof pct) => {
    const rates = ZONES.map((zone) => {
      const tallied = (rows: readonly PlayerGame[]) => tally(rows, (row) => of(row, zone));
      return leagueBaseline(tallied(current), tallied(previous), teamGames);
    });
    return (zone: Zone) => rates[ZONES.indexOf(zone)]!;
  };
  return { previous, pct: rate(pct), share: rate(share) };
}

/** A row per player on any team's roster at D. */
export function playerShotZoneAnalysis(visible: Raw, history: History, date: GameDate): Row[] {
  const season = seasonOn(visible, date);
  if (season === undefined) return [];
  const league = leagueOn(history, season);
  return [...rosterOn(visible, history, date)].map(([playerId, team]) => {
    const games = playedGames(history, playerId, season);
    const last20 = games.slice(-20);
    const oldest = last20[0]?.game_date;
    // Before his first game the window is the season so far: a hole may be why there is none.
    const expected = finalsBefore(visible, team, season).filter(
      (game) => oldest === undefined || game.game_date >= oldest,
    );
    const zoned20 = last20.filter(countsZones);
    return rounded({
      game_date: date,
      season_year: season,
      player_id: playerId,
      team,
      ...windowColumns(games.slice(-10), 10),
      ...windowColumns(last20, 20),
      primary_scoring_zone: primaryZone(zoned20),
      ...estimateColumns(playerId, zoned20, league),
      window_games_expected: expected.length,
      window_games_found: expected.filter((game) => listingsIn(history, game.game_id, team).length > 0)
        .length,
      early_season: games.length < 5,
      data_quality_tier: tierOf(zoned20.length),
    });
  });
}

/** Zones over those of the last N played games that have them; older games never stand in. */
function windowColumns(games: readonly PlayerGame[], n: number): Row {
  const zoned = games.filter(countsZones);
  const marked = zoned.filter((row) => row.assisted_fgm !== null && row.unassisted_fgm !== null);
  const assisted = sum(marked, (row) => row.assisted_fgm);
  const total = sum(zoned, allAttempts);
  const columns: Record<string, number | null> = {
    [`attempts_per_game_last_${n}`]: ratio(total, zoned.length),
    [`assisted_share_last_${n}`]: ratio(assisted, assisted + sum(marked, (row) => row.unassisted_fgm)),
    [`games_in_sample_last_${n}`]: games.length,
    [`games_with_zones_last_${n}`]: zoned.length,
  };
  for (const zone of ZONES) {
    const tried = sum(zoned, (row) => attempts(row, zone));
    columns[`${zone}_share_last_${n}`] = ratio(tried, total);
    columns[`${zone}_pct_last_${n}`] = ratio(
      sum(zoned, (row) => makes(row, zone)),
      tried,
    );
  }
  return columns;
}

function primaryZone(zoned: readonly PlayerGame[]): string | null {
  const total = sum(zoned, allAttempts);
  if (total === 0) return null;
  let primary: Zone = "paint";
  for (const zone of ["three", "mid_range"] as const) {
    if (sum(zoned, (row) => attempts(row, zone)) > sum(zoned, (row) => attempts(row, primary)))
      primary = zone;
  }
  return sum(zoned, (row) => attempts(row, primary)) / total >= 0.45 ? primary : "balanced";
}

function estimateColumns(playerId: string, zoned: readonly PlayerGame[], league: League): Row {
  const own = rowsOf(league.previous, "player_id", playerId);
  const columns: Record<string, number | null> = {};
  for (const zone of ZONES) {
    const weight = PCT_WEIGHT[zone];
    const shots = tally(zoned, (row) => pct(row, zone));
    const shotsBefore = tally(own, (row) => pct(row, zone));
    columns[`${zone}_pct_estimate`] = shrunk(shots, priorOf(shotsBefore, league.pct(zone), weight), weight);

    const shares = tally(zoned, (row) => share(row, zone));
    const sharesBefore = tally(own, (row) => share(row, zone));
    const known = sharesBefore.tried > 0;
    const prior = priorOf(sharesBefore, league.share(zone), known ? 10 : undefined);
    columns[`${zone}_share_estimate`] = shrunk(shares, prior, known ? 45 : 5);
  }
  return columns;
}
