import type { Random } from "./random.ts";

const opening =
  "Ba Bre Cu Da Dro Fe Fi Gal Gre Ha Hu Ja Jo Ka Ki Lo Lu Ma Mi Na No Ol Pe Ra Ro Sa Se Ta To Va Vi Wen Yo Za".split(
    " ",
  );
const middle = "bri da del do fa gan ku lan li mo na nel pa quo ra ren si tan tu ve vo xa zi".split(" ");
const ending = "bek dor fen gard kov lin mar nath rik ron sen stad tor var veld win wyck zar".split(" ");

/** Names made of syllables: nobody's, pronounceable, each given once. */
export class Names {
  readonly #given = new Set<string>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  next(): string {
    const pick = (from: readonly string[]) => this.#random.pick(from);
    for (;;) {
      const name = `${pick(opening)}${pick(middle)} ${pick(opening)}${pick(middle)}${pick(ending)}`;
      if (!this.#given.has(name)) {
        this.#given.add(name);
        return name;
      }
    }
  }
}
