// Adds up the counts that vitest wrote, one JSON file a suite, and prints them on one line. A suite that wrote none
// counts as one failure: it ended before its runner could count.
import { readFileSync } from "node:fs";

interface Counts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numFailedTestSuites: number;
}

let passed = 0;
let failed = 0;
let skipped = 0;
for (const file of process.argv.slice(2)) {
  try {
    const counts = JSON.parse(readFileSync(file, "utf8")) as Counts;
    passed += counts.numPassedTests;
    // A file that could not be collected fails without a failed test.
    failed += counts.numFailedTests || Math.min(counts.numFailedTestSuites, 1);
    skipped += counts.numPendingTests + counts.numTodoTests;
  } catch {
    failed += 1;
    console.log(`no counts in ${file}: that suite did not get to its end`);
  }
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
