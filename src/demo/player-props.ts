import type { Fixture } from "./fixtures.ts";
import { momentsOf, price } from "./game-lines.ts";
import type { Player } from "./players.ts";
import type { Random } from "./random.ts";
import type { TableFiles } from "./table-files.ts";

/** What is expected of a player's points early and late, and what came of it. */
export interface PointsView {
  readonly player: Player;
  readonly early: number;
  /** Undefined: he is out, and nobody offers a line on him any more. */
  readonly late: number | undefined;
  /** Undefined: he did not play. */
  readonly result: number | undefined;
}

/** Points lines of a team's leading scorers at three books, and threes for the first of them. */
export function writePlayerProps(
  files: TableFiles,
  fixture: Fixture,
  team: string,
  leaders: readonly PointsView[],
  random: Random,
): void {
  if (random.chance(0.05)) return;
  const moments = momentsOf(fixture);
  leaders.forEach(({ player, early, late, result }, rank) => {
    const lean = random.normal(0, 0.8);
    const offer = (bookmaker: string, market: string, at: string | undefined, mean: number) => {
      // Most lines are halves; a whole one can end in a push.
      const line = Math.max(0.5, Math.floor(mean) + (random.chance(0.85) ? 0.5 : 0));
      const over = Math.max(0.35, Math.min(0.65, 0.5 + 0.035 * (mean - line) + random.normal(0, 0.02)));
      const named = random.chance(0.97) ? team : undefined;
      files.row(
        "player_props",
        fixture.gameId,
        fixture.date,
        // The third book knows players by name alone.
        bookmaker === "demo-three" ? undefined : player.id,
        player.name,
        bookmaker,
        market,
        at,
        named,
        line,
        price(over),
        random.chance(0.97) ? price(1 - over) : undefined,
      );
    };
    const noise = () => lean + random.normal(0, 0.5);
    offer("demo-one", "points", moments.opening, early + noise());
    if (late === undefined) return;
    offer("demo-one", "points", moments.close, late + noise());
    if (random.chance(0.6)) offer("demo-two", "points", moments.opening, early + noise());
    if (random.chance(0.8)) offer("demo-two", "points", moments.close, late + noise());
    if (random.chance(0.15)) offer("demo-three", "points", undefined, late + noise());
    if (result !== undefined && random.chance(0.5)) {
      offer("demo-one", "points", moments.during, (late + result) / 2);
    }
    if (rank === 0) offer("demo-one", "threes", moments.close, player.skills.zones[2] * late * 0.25);
  });
}
