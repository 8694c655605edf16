import type { Row } from "../../warehouse/warehouse.ts";
import { DocumentError, type FieldGoal, type PlayByPlay } from "./documents.ts";
import { secondsOf } from "./duration.ts";

const zones: Readonly<Record<string, string>> = {
  "Restricted Area": "paint",
  "In The Paint (Non-RA)": "paint",
  "Mid-Range": "mid_range",
  "Left Corner 3": "three",
  "Right Corner 3": "three",
  "Above the Break 3": "three",
  Backcourt: "three",
};

/** The last action of a game that is over. */
export function isComplete({ actions }: PlayByPlay): boolean {
  return actions.some(
    (action) => action.actionType === "game" && "subType" in action && action.subType === "end",
  );
}

/** Rows of nba_raw.shots. The team's heaves belong to no player and are none: the box score has them as team_fga. */
export function shotRows({ gameId, actions }: PlayByPlay, gameDate: string): Row[] {
  return actions.filter(isFieldGoal).map((shot) => ({
    game_id: gameId,
    game_date: gameDate,
    event_id: shot.actionNumber,
    player_id: String(shot.personId),
    team: shot.teamTricode,
    period: shot.period,
    seconds_left: Math.floor(secondsOf(shot.clock)),
    made: shot.shotResult === "Made",
    shot_value: shot.actionType === "3pt" ? 3 : 2,
    ...zoneOf(shot),
    distance_ft: shot.shotDistance ?? null,
    loc_x: rounded(shot.xLegacy),
    loc_y: rounded(shot.yLegacy),
    assist_player_id: person(shot.assistPersonId),
    block_player_id: person(shot.blockPersonId),
    source: "nba-cdn",
  }));
}

function isFieldGoal(action: PlayByPlay["actions"][number]): action is FieldGoal {
  return action.isFieldGoal === 1;
}

/** The official area; where the season has none, ingest works the zone out from the place. */
function zoneOf({ area }: FieldGoal): Row {
  if (area === undefined) return { zone: null, zone_method: "xy" };
  const zone = zones[area];
  if (zone === undefined) throw new DocumentError(`${area} is no area of the court that we know`);
  return { zone, zone_method: "official" };
}

function person(id: number | undefined): string | null {
  return id ? String(id) : null;
}

function rounded(tenths: number | null | undefined): number | null {
  return tenths === null || tenths === undefined ? null : Math.round(tenths);
}
