import { expect, test } from "vitest";
import { BASELINE_GAMES, SHRINKAGE } from "../../src/processors/constants.ts";
import { readSql } from "../../src/statements/statement.ts";
import { Fixture } from "../fixture.ts";

test("the SQL holds the constants of the list", async () => {
  await using fixture = await Fixture.open();
  const held = await fixture.warehouse.read(readSql("readers/shrinkage.sql"));
  expect(held).toHaveLength(SHRINKAGE.length);
  expect(held).toEqual(
    expect.arrayContaining(
      SHRINKAGE.map(({ family, estimate, k, kNew, j }) => ({
        family,
        estimate,
        k,
        k_new: kNew,
        j,
        baseline_games: BASELINE_GAMES,
      })),
    ),
  );
});
