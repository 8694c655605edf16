import { counted } from "../counted.ts";
import { type CheckedProcessor, type CheckFindings, holds } from "../run/check.ts";
import { renderTable } from "./table.ts";

/** The shape of `check --json`. */
export function checkJson(checked: readonly CheckedProcessor[], strict: boolean): object {
  return { holds: holds(checked, strict), processors: checked };
}

/** A verdict, every check with its counts, and of those that fail the first examples. */
export function renderChecks(checked: readonly CheckedProcessor[]): string {
  const all = checked.flatMap(({ processor, checks }) => checks.map((check) => ({ processor, ...check })));
  const failing = all.filter(({ found }) => found > 0);
  const notBuilt = checked.reduce((sum, { not_built }) => sum + not_built, 0);
  return [
    verdict(checked, failing),
    ...(notBuilt > 0 ? [`Not built and not checked: ${counted(notBuilt, "selected partition")}.`] : []),
    "",
    renderTable(
      ["processor", "check", "severity", "checked", "", "fail", "dates"],
      all.map(({ processor, name, severity, checked, of, found, dates }) => [
        processor,
        name,
        severity,
        checked,
        of,
        found,
        dates,
      ]),
    ),
    ...failing.flatMap(({ processor, ...check }) => ["", ...exampleLines(processor, check)]),
  ].join("\n");
}

function verdict(checked: readonly CheckedProcessor[], failing: readonly CheckFindings[]): string {
  const partitions = checked.reduce((sum, entry) => sum + entry.partitions, 0);
  const checks = checked.reduce((sum, entry) => sum + entry.checks.length, 0);
  const blocking = failing.filter(({ severity }) => severity === "block").length;
  const warnings = failing.length - blocking;
  const of = `${counted(checks, "check")} on ${counted(partitions, "partition")}`;
  const verdict =
    blocking === 0
      ? `Sound: of ${of} none that blocks fails`
      : `Not sound: of ${of} ${blocking} ${blocking === 1 ? "fails" : "fail"}`;
  return `${verdict}${warnings === 0 ? "" : `, ${warnings} ${warnings === 1 ? "warns" : "warn"}`}.`;
}

function exampleLines(
  processor: string,
  { name, severity, found, of, dates, examples }: CheckFindings,
): string[] {
  return [
    `${processor} ${name} (${severity}): ${counted(found, of.slice(0, -1))} on ${counted(dates, "date")}`,
    ...examples.map(
      ({ game_date, found, example }) =>
        `  ${game_date}  ${example}${found > 1 ? ` and ${found - 1} more` : ""}`,
    ),
  ];
}
