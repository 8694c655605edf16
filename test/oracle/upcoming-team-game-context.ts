import type { GameDate } from "../../src/dates.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { mean, minus, rounded, sum, tierOf, whole } from "./arithmetic.ts";
import { type LeagueEstimates, teamEstimates } from "./estimates.ts";
import { finalsBefore, type History, playedGames, seasonOn, summariesOf } from "./history.ts";
import { injuryReport, isOut } from "./injuries.ts";
import { consensusOf, moneylineQuotes, pointQuotes } from "./lines.ts";
import { type Raw, rowsOf, type ScheduledGame } from "./raw.ts";
import { siteOf } from "./site.ts";
import { restAndTravel, standing, teamWindow } from "./team-calendar.ts";
import { strengthColumns } from "./team-strength.ts";
import { fixturesOn } from "./visible.ts";

/** A row per team and fixture of D, from what was visible before it. */
export function upcomingTeamGameContext(visible: Raw, history: History, date: GameDate): Row[] {
  const season = seasonOn(visible, date);
  if (season === undefined) return [];
  const estimates = teamEstimates(visible, history, date);
  const strength = strengthColumns(visible, history, season);
  const rows: Row[] = [];
  for (const fixture of fixturesOn(visible, date)) {
    for (const team of [fixture.home_team, fixture.away_team]) {
      const opponent = team === fixture.home_team ? fixture.away_team : fixture.home_team;
      const finals = finalsBefore(visible, team, season);
      const found = summariesOf(history, team, finals.slice(-15)).offense.length;
      rows.push(
        rounded({
          game_id: fixture.game_id,
          game_date: date,
          season_year: fixture.season_year,
          season_type: fixture.season_type,
          team,
          opponent,
          site: siteOf(visible, fixture, team),
          ...restAndTravel(visible, fixture, team, opponent),
          ...standing(visible, fixture, team, opponent),
          ...strength(team),
          ...estimateColumns(estimates, team),
          ...market(visible, fixture, team),
          ...availability(visible, history, fixture, team),
          ...teamWindow(finals, found, date),
          data_quality_tier: tierOf(finals.length),
        }),
      );
    }
  }
  return rows;
}

function estimateColumns(estimates: LeagueEstimates, team: string) {
  const { offensive, defensive, pace } = estimates.of(team);
  return {
    offensive_rating_estimate: offensive,
    defensive_rating_estimate: defensive,
    net_rating_estimate: minus(offensive, defensive),
    pace_estimate: pace,
    league_pace: estimates.leaguePace,
  };
}

/** The spread is found once, on the home side's numbers; away is its negative. */
function market(visible: Raw, fixture: ScheduledGame, team: string) {
  const lines = rowsOf(visible.game_lines, "game_id", fixture.game_id);
  const home = consensusOf(pointQuotes(lines, "spread", "home"));
  const totals = consensusOf(pointQuotes(lines, "total", "over"));
  const homeWins = consensusOf(moneylineQuotes(lines)).value;
  const atHome = team === fixture.home_team;
  const signed = (value: number | null) => (value === null || atHome || value === 0 ? value : -value);
  const spread = signed(home.value);
  return {
    spread,
    total: totals.value,
    implied_team_total: totals.value === null || spread === null ? null : (totals.value - spread) / 2,
    spread_movement: signed(home.movement),
    total_movement: totals.movement,
    win_probability: homeWins === null || atHome ? homeWins : 1 - homeWins,
  };
}

function availability(visible: Raw, history: History, fixture: ScheduledGame, team: string) {
  const report = injuryReport(visible, fixture, team);
  const rows = [...report.players.values()].filter((row) => row.reason_category !== "g_league");
  const out = rows.filter(isOut);
  const rotation: number[] = [];
  for (const row of out) {
    const games = playedGames(history, row.player_id, fixture.season_year);
    const seconds = mean(games, (game) => game.seconds);
    if (seconds !== null && games.length >= 5 && seconds >= 15 * 60) rotation.push(whole(seconds));
  }
  const known = <T>(value: T) => (report.known ? value : null);
  return {
    injuries_known: report.known,
    players_out: known(out.length),
    players_questionable: known(rows.filter((row) => row.status === "questionable").length),
    rotation_players_out: known(rotation.length),
    rotation_minutes_out: known(sum(rotation, (seconds) => seconds) / 60),
  };
}
