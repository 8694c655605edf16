import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { OPTIONS } from "../../src/cli/options.ts";
import { examplesOf, helpOf } from "./examples.ts";
import { nbaBackfill } from "./in-process.ts";
import { registeredCommands } from "./registered.ts";

const commands = await registeredCommands();

test.each([...commands])(
  "the help of %s has examples of it, and names each option's variable",
  async (name, command) => {
    const help = await helpOf(name);
    const examples = examplesOf(help);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(`${example} `).toContain(`nba-backfill ${name} `);
    for (const { envVar, negate } of command.options) {
      if (envVar !== undefined) expect(help.replace(/\s+/g, " ")).toContain(`env: ${envVar}`);
      else if (!negate) expect(name).toBe("job");
    }
  },
);

test("the program's help lists every command and says where options are set", async () => {
  const { stdout } = await nbaBackfill(process.cwd(), ["--help"]);
  for (const name of commands.keys()) {
    if (!name.includes(" ")) expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, "m"));
  }
  const keys = /\{"warehouse".*\}/.exec(stdout)![0];
  expect(Object.keys(JSON.parse(keys)).filter((key) => !(key in OPTIONS))).toEqual([]);
  expect(stdout).toContain("A flag wins over the environment");
});

test("--version is the package's", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const { code, stdout } = await nbaBackfill(process.cwd(), ["--version"]);
  expect([code, stdout]).toEqual([0, `${version}\n`]);
});

describe("a slip of the pen gives one line with the nearest name", () => {
  test.each([
    ["rnu", /unknown command 'rnu' \(Did you mean run\?\)/],
    ["coverge --year 2023", /unknown command 'coverge' \(Did you mean coverage\?\)/],
    ["run --limt 3", /unknown option '--limt' \(Did you mean --limit\?\)/],
    ["monitor --updat", /unknown option '--updat' \(Did you mean --update\?\)/],
    ["run --processor ml_feature_stor", /no processor ml_feature_stor; did you mean ml_feature_store\?/],
    [
      "job analytics/player_game_sumary",
      /no processor player_game_sumary; did you mean player_game_summary\?/,
    ],
    ["phase 5", /Allowed choices are 3, 4/],
    ["ingest data --mapping hoopr-shedule", /hoopr-schedule/],
  ])("%s", async (line, says) => {
    const { code, stdout, stderr } = await nbaBackfill(process.cwd(), line.split(" "));
    expect([code, stdout, stderr.trimEnd().split("\n")]).toEqual([2, "", [expect.stringMatching(says)]]);
  });
});
