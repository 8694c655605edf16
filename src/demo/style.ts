import type { Random } from "./random.ts";
import { type ByZone, byZone } from "./shot-location.ts";

/** How a team plays whoever is on it; lasts, with changes, from season to season. */
export interface Style {
  /** Added to its own shooting, and taken off its opponents', by zone. */
  readonly offence: number;
  readonly defence: ByZone;
  /** Logarithms: pace, and shares of the zones among own and opponents' attempts. */
  readonly tempo: number;
  readonly zones: ByZone;
  readonly zonesAllowed: ByZone;
}

export function newStyle(random: Random): Style {
  const triple = (deviation: number) => byZone(() => random.normal(0, deviation));
  return {
    offence: random.normal(0, 0.017),
    defence: triple(0.019),
    tempo: random.normal(0, 0.02),
    zones: triple(0.05),
    zonesAllowed: triple(0.045),
  };
}

/** The style of the season after: much of it stays, and the spread over the league with it (0.75^2 + 0.66^2 = 1). */
export function nextStyle(style: Style, random: Random): Style {
  const fresh = newStyle(random);
  return combine(style, fresh, (now, next) => 0.75 * now + 0.66 * next);
}

/** Styles relative to the league: each part has the mean 0. */
export function centred(styles: readonly Style[]): Style[] {
  const total = styles.reduce((sum, style) => combine(sum, style, (a, b) => a + b));
  return styles.map((style) => combine(style, total, (own, all) => own - all / styles.length));
}

function combine(a: Style, b: Style, part: (a: number, b: number) => number): Style {
  const zones = (one: ByZone, other: ByZone) => byZone((zone) => part(one[zone], other[zone]));
  return {
    offence: part(a.offence, b.offence),
    defence: zones(a.defence, b.defence),
    tempo: part(a.tempo, b.tempo),
    zones: zones(a.zones, b.zones),
    zonesAllowed: zones(a.zonesAllowed, b.zonesAllowed),
  };
}
