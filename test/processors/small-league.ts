import type { Row } from "../../src/warehouse/warehouse.ts";

/** The season a date lies in: one that starts in autumn. */
const seasonOf = (date: string) => Number(date.slice(0, 4)) - (date.slice(5) < "09" ? 1 : 0);

/** A fixture such as `BOS @ NYK`: known at noon in winter, a regular-season game unless told otherwise. */
export function fixtureOf(date: string, pairing: string, more: Row = {}): Row {
  const [away, home] = pairing.split(" @ ") as [string, string];
  return {
    game_id: `${date} ${pairing}`,
    game_date: date,
    season_year: seasonOf(date),
    season_type: "regular",
    asof_cutoff_at: `${date}T17:00:00Z`,
    asof_cutoff_kind: "noon",
    away_team: away,
    home_team: home,
    status: "scheduled",
    ...more,
  };
}

/** A game that is over, such as `BOS 95 @ NYK 100`. */
export function finalOf(date: string, score: string, more: Row = {}): Row {
  const [, away, awayScore, home, homeScore] = /^(\w+) (\d+) @ (\w+) (\d+)$/.exec(score)!;
  return {
    ...fixtureOf(date, `${away} @ ${home}`),
    status: "final",
    away_score: Number(awayScore),
    home_score: Number(homeScore),
    ...more,
  };
}

/** Both teams' rows of a summary for a game of {@link finalOf}, from what each team's row holds besides the keys. */
export function bothTeams(game: Row, home: Row, away: Row): Row[] {
  const shared = {
    game_id: game.game_id!,
    game_date: game.game_date!,
    season_year: game.season_year!,
    season_type: game.season_type!,
  };
  return [
    { ...shared, team: game.home_team!, opponent: game.away_team!, site: "home", ...home },
    { ...shared, team: game.away_team!, opponent: game.home_team!, site: "away", ...away },
  ];
}

/** Both teams' offense rows of a game of 100 possessions each and 240 minutes, with the points of its score. */
export function offenseOf(game: Row, both: Row = {}): Row[] {
  const common = { minutes: 240, possessions_e4: 1_000_000, opponent_possessions_e4: 1_000_000, ...both };
  return bothTeams(
    game,
    { pts: game.home_score!, opponent_pts: game.away_score!, is_home: true, ...common },
    { pts: game.away_score!, opponent_pts: game.home_score!, ...common },
  );
}

/** The defense rows of the same game. */
export function defenseOf(game: Row, both: Row = {}): Row[] {
  const common = { minutes: 240, possessions_e4: 1_000_000, opponent_possessions_e4: 1_000_000, ...both };
  return bothTeams(
    game,
    { points_allowed: game.away_score!, ...common },
    { points_allowed: game.home_score!, ...common },
  );
}
