import { expect, test } from "vitest";
import { upcomingTeamGameContext } from "../../src/processors/analytics/upcoming_team_game_context/processor.ts";
import { Fixture } from "../fixture.ts";

const date = "2022-11-01";
const early = {
  game_id: "0022200001",
  home_team: "BOS",
  away_team: "PHI",
  asof_cutoff_at: "2022-11-01T23:00:00Z",
};
const late = {
  game_id: "0022200002",
  home_team: "LAL",
  away_team: "DEN",
  asof_cutoff_at: "2022-11-02T03:00:00Z",
};

/** Whether reports are known, per team, when the only report of the date is this one. */
async function knownAfter(report: { team: string; reported_at: string; status?: string }) {
  await using fixture = await Fixture.open();
  await fixture.insert(
    "nba_raw.schedule",
    [early, late].map((game) => ({
      game_date: date,
      season_year: 2022,
      season_type: "regular",
      status: "scheduled",
      ...game,
    })),
  );
  await fixture.insert("nba_raw.injury_reports", [
    { game_date: date, player_id: "1", status: "out", ...report },
  ]);
  const rows = await fixture.select<{ team: string; injuries_known: boolean }>(
    upcomingTeamGameContext,
    "SELECT team, injuries_known FROM team_injury_reports ORDER BY team",
    date,
  );
  return rows.filter((row) => row.injuries_known).map((row) => row.team);
}

test("a report of any team makes the reports of every later game known", async () => {
  expect(await knownAfter({ team: "LAL", reported_at: "2022-11-01T22:59:59Z" })).toEqual([
    "BOS",
    "DEN",
    "LAL",
    "PHI",
  ]);
});

test("a report at the very cut-off of the early game is known for the late game alone", async () => {
  expect(await knownAfter({ team: "LAL", reported_at: "2022-11-01T23:00:00Z" })).toEqual(["DEN", "LAL"]);
});

test("a team that has not submitted its report is not known, the others are", async () => {
  const report = { team: "LAL", player_id: "", status: "not_submitted", reported_at: "2022-11-01T20:00:00Z" };
  expect(await knownAfter(report)).toEqual(["BOS", "DEN", "PHI"]);
});
