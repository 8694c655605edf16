import { expect, test } from "vitest";
import type { IngestSummary } from "../../src/ingest/summary.ts";
import { renderIngestSummary } from "../../src/report/ingest-summary.ts";

const summary: IngestSummary = {
  dryRun: true,
  files: [
    {
      file: "/data/props.csv",
      mapping: "nba-player-props",
      rows: 1204,
      brokenLines: 1,
      skippedRows: { "no line": 3 },
      tables: [
        {
          table: "nba_raw.player_props",
          rows: 1201,
          inserted: 1190,
          replaced: 2,
          unchanged: 3,
          duplicate: 1,
          superseded: 1,
          quarantined: 4,
          reasons: { bad_value: 1, unknown_game: 3 },
        },
      ],
    },
  ],
  skippedFiles: [{ file: "/data/README.md", reason: "not Parquet, CSV or JSON lines" }],
  retried: { rows: 5, released: 2 },
  removedShots: 0,
  derived: [{ name: "player_props_names", table: "nba_raw.player_props", rows: 1 }],
  unresolved: { players: 1, arenas: 0 },
};

test("an ingest in words: the counts, then what did not load and why", () => {
  expect(renderIngestSummary(summary).split("\n")).toEqual([
    "file       mapping           table                  rows  inserted  replaced  unchanged  doubled  quarantined",
    "props.csv  nba-player-props  nba_raw.player_props  1,201     1,190         2          3        2            4",
    "",
    "Set aside in nba_raw.quarantine:",
    "  props.csv: 1 row of nba_raw.player_props, bad_value",
    "  props.csv: 3 rows of nba_raw.player_props, unknown_game",
    "  props.csv: 1 line, broken_line",
    "",
    "Not loaded:",
    "  props.csv: 3 rows, no line",
    "  /data/README.md: not Parquet, CSV or JSON lines",
    "",
    "Derived:",
    "  player props names: 1 row of nba_raw.player_props",
    "  quarantine: 5 rows tried again, 2 released",
    "",
    "Still without an owner:",
    "  1 player name (an alias in player_aliases settles it)",
    "",
    "Dry run: nothing was written.",
  ]);
});
