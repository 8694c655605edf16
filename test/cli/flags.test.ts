import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OPTIONS, type OptionName } from "../../src/cli/options.ts";
import { ELSEWHERE, FLAGS } from "./flags/table.ts";
import { optionsOf, registeredCommands } from "./registered.ts";

const root = join(import.meta.dirname, "../..");

const commands = await registeredCommands();

test.each([...commands])("every option of %s is observed by a test", (name, command) => {
  const observed = Object.keys({ ...FLAGS[name], ...ELSEWHERE[name] });
  expect(observed.sort()).toEqual(optionsOf(command).sort());
});

test.each(Object.entries(ELSEWHERE))(
  "the tests that are said to observe the flags of %s use them",
  (_, of) => {
    const unused = Object.entries(of).filter(([option, file]) => {
      const flag = OPTIONS[option as OptionName].flags.split(" ")[0]!;
      return !readFileSync(join(root, file), "utf8").includes(flag);
    });
    expect(unused).toEqual([]);
  },
);
