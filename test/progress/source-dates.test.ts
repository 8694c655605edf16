import { expect, test } from "vitest";
import { Calendar } from "../../src/calendar.ts";
import type { GameDate } from "../../src/dates.ts";
import type { Processor, Window } from "../../src/processors/processor.ts";
import { SourceDates } from "../../src/progress/source-dates.ts";

const calendar = new Calendar(
  [
    ["2021-10-19", 2021],
    ["2021-10-20", 2021],
    ["2022-10-18", 2022],
    ["2022-10-19", 2022],
    ["2022-10-21", 2022],
    ["2022-10-28", 2022],
    ["2022-10-29", 2022],
  ].map(([date, seasonYear]) => ({
    date: date as GameDate,
    seasonYear: seasonYear as number,
    seasonType: "regular",
    games: 1,
  })),
);

const fingerprints = new SourceDates(
  [
    ["2021-10-19", "1:10"],
    ["2021-10-20", "2:200"],
    ["2022-10-18", "4:4000"],
    ["2022-10-19", "8:80000"],
    ["2022-10-21", "16:1600000"],
  ].map(([date, fingerprint]) => ({
    view_name: "player_games",
    source_date: date as GameDate,
    fingerprint: fingerprint!,
  })),
);

function fingerprintOf(window: Window, date: string): string {
  const processor = { inputs: [{ view: "player_games", window }] } as unknown as Processor;
  return fingerprints.inputsOf(processor, date as GameDate, calendar).player_games!;
}

test.for<[Window, string, string]>([
  ["date", "2022-10-19", "8:80000"],
  ["date", "2022-10-20", "0:0"],
  // The season so far, the date itself left out.
  ["season", "2022-10-21", "12:84000"],
  ["season", "2022-10-18", "0:0"],
  ["two_seasons", "2022-10-21", "15:84210"],
  ["two_seasons", "2022-10-18", "3:210"],
  // A season whose forerunner the schedule does not hold starts with itself.
  ["two_seasons", "2021-10-20", "1:10"],
  // 2021-10-21 .. 2022-10-20 holds neither the first season's dates nor D.
  ["days_365", "2022-10-21", "12:84000"],
  // D-365 is 2021-10-19 itself.
  ["days_365", "2022-10-19", "7:4210"],
  // 2022-10-11 .. 2022-10-20.
  ["days_10", "2022-10-21", "12:84000"],
  // D-10 is 2022-10-18 itself.
  ["days_10", "2022-10-28", "28:1684000"],
  ["days_10", "2022-10-29", "24:1680000"],
])("window %s before %s sums to %s", ([window, date, expected]) => {
  expect(fingerprintOf(window, date)).toBe(expected);
});

test("a changed date changes every window over it, and no other", () => {
  const before = fingerprintOf("season", "2022-10-19");
  fingerprints.set({ view_name: "player_games", source_date: "2022-10-18" as GameDate, fingerprint: "0:0" });
  expect(fingerprintOf("season", "2022-10-19")).not.toBe(before);
  expect(fingerprintOf("season", "2022-10-18")).toBe("0:0");
  expect(fingerprintOf("season", "2022-10-21")).toBe("8:80000");
});
