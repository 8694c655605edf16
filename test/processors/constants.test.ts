import { expect, test } from "vitest";
import { BASELINE_GAMES, POINTS_SHRINKAGE, SHRINKAGE } from "../../src/processors/constants.ts";
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

test("the points estimate of the feature store holds its constants", () => {
  const query = readSql("precompute/ml_feature_store/query.sql").replace(/\s+/g, " ");
  const estimate = /IF\( last_season_points\.games (?:(?! AS ).)* AS points_estimate/.exec(query)![0];
  const { k, priorGames } = POINTS_SHRINKAGE;
  expect(estimate).toContain(`last_season_points.games >= ${priorGames},`);
  expect(estimate).toContain(`+ ${k}e0 * SAFE_DIVIDE(last_season_points.points, last_season_points.games)`);
  expect(estimate).toContain(`samples.n_10 + ${k} )`);
});
