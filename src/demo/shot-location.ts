import type { Random } from "./random.ts";

/** Zones in the order of our tables; their position is how the simulation speaks of them. */
export const ZONES = ["paint", "mid_range", "three"] as const;
/** A number for each zone. */
export type ByZone = readonly [paint: number, midRange: number, three: number];

export function byZone(value: (zone: 0 | 1 | 2) => number): [paint: number, midRange: number, three: number] {
  return [value(0), value(1), value(2)];
}

export const PAINT = 0;
export const MID_RANGE = 1;
export const THREE = 2;

/** Where within a zone a shot is taken; the spot decides how likely it falls. */
export type Spot = "rim" | "floater" | "mid_range" | "corner" | "above_break" | "backcourt";

/** How much more often than the zone's average a shot from the spot falls, and how many of the zone's shots it is. */
const SHARE_AT_RIM = 0.6;
const SHARE_IN_CORNER = 0.25;
export const SPOT_EDGE: Readonly<Record<Spot, number>> = {
  rim: 0.09,
  floater: -0.135,
  mid_range: 0,
  corner: 0.024,
  above_break: -0.008,
  backcourt: -0.34,
};

export function spotIn(zone: number, random: Random): Spot {
  if (zone === PAINT) return random.chance(SHARE_AT_RIM) ? "rim" : "floater";
  if (zone === MID_RANGE) return "mid_range";
  return random.chance(SHARE_IN_CORNER) ? "corner" : "above_break";
}

/** Tenths of feet from the hoop: x across, y along. */
export interface Location {
  readonly x: number;
  readonly y: number;
}

/** A place in the spot; never on the wrong side of the paint (|x| <= 80, y <= 137) or of the arc (237.5, corners 220). */
export function locationIn(spot: Spot, random: Random): Location {
  switch (spot) {
    case "rim": {
      const radius = 40 * Math.sqrt(random.next());
      return polar(radius, random.between(-30, 210));
    }
    case "floater":
      for (;;) {
        const x = random.whole(-80, 80);
        const y = random.whole(-35, 137);
        if (x * x + y * y > 41 * 41) return { x, y };
      }
    case "mid_range":
      for (;;) {
        const x = random.whole(-216, 216);
        const y = random.whole(-40, 225);
        if ((Math.abs(x) > 80 || y > 137) && x * x + y * y < 233 * 233) return { x, y };
      }
    case "corner": {
      const x = random.whole(222, 238);
      return { x: random.chance(0.5) ? x : -x, y: random.whole(-45, 85) };
    }
    case "above_break":
      return polar(240 + 60 * random.next() * random.next(), random.between(24, 156));
    case "backcourt":
      return { x: random.whole(-220, 220), y: random.whole(430, 800) };
  }
}

function polar(radius: number, degrees: number): Location {
  const angle = (degrees * Math.PI) / 180;
  return { x: Math.trunc(radius * Math.cos(angle)), y: Math.trunc(radius * Math.sin(angle)) };
}
