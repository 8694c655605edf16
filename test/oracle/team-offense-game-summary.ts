import type { GameDate } from "../../src/dates.ts";
import { ratio, rounded, times } from "./arithmetic.ts";
import type { Raw } from "./raw.ts";
import { siteOf } from "./site.ts";
import {
  overtimesOf,
  paceOf,
  possessionsOf,
  type TeamSide,
  teamSidesOn,
  tenThousandths,
} from "./team-game.ts";
import { zoneCounts, zonesOf } from "./zones.ts";

export type TeamOffense = ReturnType<typeof teamOffense>;

export function teamOffenseGameSummary(raw: Raw, date: GameDate): TeamOffense[] {
  return teamSidesOn(raw, date).map((side) => rounded(teamOffense(raw, side)));
}

function teamOffense(raw: Raw, { game, own, opponent }: TeamSide) {
  const possessions = possessionsOf(own, opponent);
  const zones = zonesOf(raw, game);
  const counts = zoneCounts(
    zones.shots.filter((shot) => shot.team === own.team),
    zones.method !== null,
  );
  return {
    game_id: game.game_id,
    game_date: game.game_date,
    season_year: game.season_year,
    season_type: game.season_type,
    team: own.team,
    opponent: opponent.team,
    is_home: own.team === game.home_team,
    site: siteOf(raw, game, own.team),
    win: own.pts > opponent.pts,
    margin: own.pts - opponent.pts,
    minutes: own.minutes,
    overtime_periods: overtimesOf(own.minutes),
    pts: own.pts,
    opponent_pts: opponent.pts,
    fgm: own.fgm,
    fga: own.fga,
    fg3m: own.fg3m,
    fg3a: own.fg3a,
    ftm: own.ftm,
    fta: own.fta,
    oreb: own.oreb,
    dreb: own.dreb,
    ast: own.ast,
    stl: own.stl,
    blk: own.blk,
    tov: own.tov,
    pf: own.pf,
    opponent_oreb: opponent.oreb,
    opponent_dreb: opponent.dreb,
    possessions,
    possessions_e4: tenThousandths(possessions),
    opponent_possessions_e4: tenThousandths(possessionsOf(opponent, own)),
    pace: paceOf(possessions, own.minutes),
    offensive_rating: ratio(100 * own.pts, possessions),
    efg_pct: ratio(own.fgm + 0.5 * own.fg3m, own.fga),
    ts_pct: ratio(own.pts, 2 * (own.fga + 0.44 * own.fta)),
    oreb_rate: ratio(own.oreb, own.oreb + opponent.dreb),
    tov_rate: ratio(own.tov, possessions),
    ft_rate: ratio(own.fta, own.fga),
    ...counts,
    points_in_paint: times(counts.paint_fgm, 2),
    zone_method: zones.method,
    zones_missing_reason: zones.missing,
  };
}
