import type { GameDate } from "../../src/dates.ts";
import { ratio, rounded } from "./arithmetic.ts";
import type { Raw } from "./raw.ts";
import { siteOf } from "./site.ts";
import { paceOf, possessionsOf, type TeamSide, teamSidesOn, tenThousandths } from "./team-game.ts";
import { type Zone, zoneCounts, zonesOf } from "./zones.ts";

export type TeamDefense = ReturnType<typeof teamDefense>;

export function teamDefenseGameSummary(raw: Raw, date: GameDate): TeamDefense[] {
  return teamSidesOn(raw, date).map((side) => rounded(teamDefense(raw, side)));
}

function teamDefense(raw: Raw, { game, own, opponent }: TeamSide) {
  const possessions = possessionsOf(own, opponent);
  const opponentPossessions = possessionsOf(opponent, own);
  const zones = zonesOf(raw, game);
  const faced = zones.shots.filter((shot) => shot.team === opponent.team);
  const counts = zoneCounts(faced, zones.method !== null);
  const blocked = (zone: Zone) =>
    zones.hasBlocks
      ? faced.filter((shot) => shot.zone === zone && shot.block_player_id !== null).length
      : null;
  return {
    game_id: game.game_id,
    game_date: game.game_date,
    season_year: game.season_year,
    season_type: game.season_type,
    team: own.team,
    opponent: opponent.team,
    site: siteOf(raw, game, own.team),
    points_allowed: opponent.pts,
    minutes: own.minutes,
    opponent_fgm: opponent.fgm,
    opponent_fga: opponent.fga,
    opponent_fg3m: opponent.fg3m,
    opponent_fg3a: opponent.fg3a,
    opponent_ftm: opponent.ftm,
    opponent_fta: opponent.fta,
    opponent_oreb: opponent.oreb,
    opponent_dreb: opponent.dreb,
    oreb: own.oreb,
    dreb: own.dreb,
    turnovers_forced: opponent.tov,
    steals: own.stl,
    blocks: own.blk,
    paint_blocks: blocked("paint"),
    mid_range_blocks: blocked("mid_range"),
    three_blocks: blocked("three"),
    opponent_paint_fga: counts.paint_fga,
    opponent_paint_fgm: counts.paint_fgm,
    opponent_mid_range_fga: counts.mid_range_fga,
    opponent_mid_range_fgm: counts.mid_range_fgm,
    opponent_three_fga: counts.three_fga,
    opponent_three_fgm: counts.three_fgm,
    zone_method: zones.method,
    zones_missing_reason: zones.missing,
    possessions_e4: tenThousandths(possessions),
    opponent_possessions_e4: tenThousandths(opponentPossessions),
    pace: paceOf(possessions, own.minutes),
    defensive_rating: ratio(100 * opponent.pts, opponentPossessions),
    dreb_rate: ratio(own.dreb, own.dreb + opponent.oreb),
    opponent_efg_pct: ratio(opponent.fgm + 0.5 * opponent.fg3m, opponent.fga),
    opponent_ts_pct: ratio(opponent.pts, 2 * (opponent.fga + 0.44 * opponent.fta)),
    opponent_ft_rate: ratio(opponent.fta, opponent.fga),
    opponent_tov_rate: ratio(opponent.tov, opponentPossessions),
    opponent_oreb_rate: ratio(opponent.oreb, opponent.oreb + own.dreb),
  };
}
