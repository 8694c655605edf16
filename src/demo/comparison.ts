import {
  type LeagueAverages,
  PUBLISHED_OVERTIME_SHARE,
  PUBLISHED_ZONES,
  publishedAverages,
} from "./league-averages.ts";
import type { SeasonTally } from "./tally.ts";

/** A figure of a demo season beside the published one. */
export interface Comparison {
  readonly seasonYear: number;
  readonly measure: string;
  readonly demo: number;
  /** Undefined where nothing is published. */
  readonly league: number | undefined;
}

type Figure = readonly [
  measure: string,
  demo: number,
  league: (averages: LeagueAverages) => number | undefined,
];

/** What the regular seasons of the demo look like beside the league's: points, pace, ratings, shooting, zones, stars. */
export function compareWithLeague(seasons: readonly SeasonTally[]): Comparison[] {
  return seasons.flatMap((tally) => {
    const averages = publishedAverages(tally.seasonYear);
    return figures(tally).map(([measure, demo, league]) => ({
      seasonYear: tally.seasonYear,
      measure,
      demo,
      league: averages && league(averages),
    }));
  });
}

function figures(tally: SeasonTally): Figure[] {
  const { sums, games, zoneAttempts, zoneMakes } = tally;
  const perGame = (total: number) => total / (2 * games);
  const attempts = zoneAttempts[0]! + zoneAttempts[1]! + zoneAttempts[2]!;
  const [usage, margins] = [tally.usageRates(), tally.netMargins()];
  return [
    ["points", perGame(sums.pts), (of) => of.points],
    ["pace", (48 * tally.possessions) / tally.minutes, (of) => of.pace],
    ["offensive rating", (100 * sums.pts) / tally.possessions, (of) => of.offensiveRating],
    ["field-goal attempts", perGame(sums.fga), (of) => of.fieldGoalAttempts],
    ["field-goal pct", sums.fgm / sums.fga, (of) => of.fieldGoalPct],
    ["three-point attempts", perGame(sums.fg3a), (of) => of.threePointAttempts],
    ["three-point pct", sums.fg3m / sums.fg3a, (of) => of.threePointPct],
    ["free-throw attempts", perGame(sums.fta), (of) => of.freeThrowAttempts],
    ["free-throw pct", sums.ftm / sums.fta, (of) => of.freeThrowPct],
    ["offensive rebounds", perGame(sums.oreb), (of) => of.offensiveRebounds],
    ["total rebounds", perGame(sums.oreb + sums.dreb), (of) => of.totalRebounds],
    ["assists", perGame(sums.ast), (of) => of.assists],
    ["steals", perGame(sums.stl), (of) => of.steals],
    ["blocks", perGame(sums.blk), (of) => of.blocks],
    ["turnovers", perGame(sums.tov), (of) => of.turnovers],
    ["fouls", perGame(sums.pf), (of) => of.fouls],
    ["share of paint", zoneAttempts[0]! / attempts, () => PUBLISHED_ZONES.paintShare],
    ["share of mid-range", zoneAttempts[1]! / attempts, () => PUBLISHED_ZONES.midRangeShare],
    ["share of threes", zoneAttempts[2]! / attempts, (of) => of.threePointAttempts / of.fieldGoalAttempts],
    ["paint pct", zoneMakes[0]! / zoneAttempts[0]!, paintPct],
    ["mid-range pct", zoneMakes[1]! / zoneAttempts[1]!, () => PUBLISHED_ZONES.midRangePct],
    ["home wins", tally.homeWins / games, (of) => of.homeWinShare],
    ["overtime games", tally.overtimeGames / games, () => PUBLISHED_OVERTIME_SHARE],
    ["leading scorer", tally.scorers()[0] ?? Number.NaN, (of) => of.leadingScorer],
    ["leading usage", usage.at(-1) ?? Number.NaN, (of) => of.leadingUsage],
    ["median usage", usage[Math.floor(usage.length / 2)] ?? Number.NaN, () => undefined],
    ["best team's margin", margins[0]!, () => undefined],
    ["worst team's margin", margins.at(-1)!, () => undefined],
  ];
}

/** Two-pointers that are not from mid-range: published makes, less the mid-range's share of them. */
function paintPct(of: LeagueAverages): number {
  const { paintShare, midRangeShare, midRangePct } = PUBLISHED_ZONES;
  const twos = of.fieldGoalAttempts - of.threePointAttempts;
  const makes = of.fieldGoalPct * of.fieldGoalAttempts - of.threePointPct * of.threePointAttempts;
  const midRange = midRangeShare / (paintShare + midRangeShare);
  return (makes / twos - midRange * midRangePct) / (1 - midRange);
}

/** The comparison as a table: a line a measure, a column a season, each with the demo, the league and the difference. */
export function formatComparison(comparisons: readonly Comparison[]): string {
  const seasons = [...new Set(comparisons.map(({ seasonYear }) => seasonYear))];
  const measures = [...new Set(comparisons.map(({ measure }) => measure))];
  const head = [
    "demo | league",
    ...seasons.map((year) => `${year}-${String((year + 1) % 100).padStart(2, "0")}`),
  ];
  const lines = measures.map((measure) => [
    measure,
    ...seasons.map((year) =>
      cell(comparisons.find((entry) => entry.measure === measure && entry.seasonYear === year)),
    ),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]!.length)));
  return [head, ...lines]
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cell(entry: Comparison | undefined): string {
  if (!entry || Number.isNaN(entry.demo)) return "-";
  const { demo, league } = entry;
  const number = (value: number) => (Math.abs(value) < 1 ? value.toFixed(3) : value.toFixed(1)).padStart(5);
  if (league === undefined) return number(demo);
  const difference = (100 * (demo - league)) / league;
  return `${number(demo)} | ${number(league)} ${`${difference < 0 ? "" : "+"}${difference.toFixed(1)}`.padStart(5)} %`;
}
