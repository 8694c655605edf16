import { expect, test } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import { type CoverageReport, renderGaps } from "../../src/report/coverage-report.ts";

const rest: Omit<CoverageReport, "partitions"> = {
  scheduled_dates: 5,
  gaps: [],
  warm_up: { before: "2022-10-18" as GameDate, partitions: 0, gaps: [] },
  idle_days: [],
  unscheduled: [],
  not_derived: [],
  stray: [],
};

test("days that need nothing are counted in words that fit one and many", () => {
  const days = (count: number, kind: CoverageReport["idle_days"][number]["kind"]) =>
    Array.from({ length: count }, (_, index) => ({ game_date: `2022-11-0${index + 1}` as GameDate, kind }));
  const text = renderGaps([], {
    ...rest,
    // More than are named one by one.
    idle_days: [
      ...days(1, "off_day"),
      ...days(9, "future"),
      ...days(1, "before_history"),
      ...days(2, "exhibition"),
      ...days(9, "warm_up"),
      ...days(9, "warm_up"),
      ...days(9, "warm_up"),
    ],
  });
  expect(text).toContain(
    "1 off-day; 9 days to come; 1 day before history; 2 exhibition days; 27 warm-up dates",
  );
  expect(
    renderGaps([], { ...rest, idle_days: [...days(1, "future"), ...days(2, "before_history")] }),
  ).toContain("1 day to come: 2022-11-01; 2 days before history: 2022-11-01, 2022-11-02");
});
