import { counted } from "../counted.ts";
import { type CheckedProcessor, type CheckFindings, holds, type NotChecked } from "../run/check.ts";
import { renderTable } from "./table.ts";

/** The shape of `check --json`. */
export function checkJson(checked: readonly CheckedProcessor[], strict: boolean): object {
  return { holds: holds(checked, strict), processors: checked };
}

/** A verdict, every check with its counts, and of those that fail the first examples. */
export function renderChecks(checked: readonly CheckedProcessor[]): string {
  const all = checked.flatMap(({ processor, checks }) => checks.map((check) => ({ processor, ...check })));
  const failing = all.filter(({ found }) => found > 0);
  return [
    verdict(checked, failing),
    ...notCheckedLines(checked),
    ...(all.length === 0 ? [] : ["", tableOf(all)]),
    ...failing.flatMap(({ processor, ...check }) => ["", ...exampleLines(processor, check)]),
  ].join("\n");
}

function tableOf(all: readonly (CheckFindings & { readonly processor: string })[]): string {
  return renderTable(
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
  );
}

/** What of the selection was not looked at, and why. */
function notCheckedLines(checked: readonly CheckedProcessor[]): string[] {
  const of = (kind: NotChecked) => checked.filter(({ not_checked }) => not_checked[kind] !== undefined);
  const count = (kind: NotChecked) => of(kind).reduce((sum, entry) => sum + entry.not_checked[kind]!, 0);
  const line = (kind: NotChecked, text: (partitions: string) => string) =>
    count(kind) === 0 ? [] : [text(counted(count(kind), "selected partition"))];
  const names = of("failed").map(({ processor, not_checked }) => `${processor} ${not_checked.failed}`);
  return [
    ...line(
      "failed",
      (many) =>
        `Failed in the last run and not checked: ${many} (${names.join(", ")}); 'nba-backfill gaps' says why.`,
    ),
    ...line("blocked", (many) => `Blocked and without rows: ${many}.`),
    ...line("never_run", (many) => `Never run: ${many}.`),
  ];
}

function verdict(checked: readonly CheckedProcessor[], failing: readonly CheckFindings[]): string {
  const partitions = checked.reduce((sum, entry) => sum + entry.partitions, 0);
  const checks = checked.reduce((sum, entry) => sum + entry.checks.length, 0);
  const blocking = failing.filter(({ severity }) => severity === "block").length;
  const warnings = failing.length - blocking;
  const of = `${counted(checks, "check")} on ${counted(partitions, "partition")}`;
  if (partitions === 0) return "No selected partition holds rows of its last run: there is nothing to check.";
  const hasFailed = checked.some(({ not_checked }) => not_checked.failed !== undefined);
  const sound = hasFailed ? "Not all is built" : "Sound";
  const verdict =
    blocking === 0
      ? `${sound}: of ${of} none that blocks fails`
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
