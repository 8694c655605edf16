import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "package-"));
afterAll(() => rmSync(work, { recursive: true }));

/** Node 24 comes first on the path, as on a user's machine. */
function output(command: string, args: readonly string[], cwd: string): string {
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
  return execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Packs a copy of the project (packing writes into package.json) and installs the tarball as a user would. */
function installed(): string {
  const copy = join(work, "copy");
  const left = ["node_modules", ".git", "dist"];
  cpSync(root, copy, { recursive: true, filter: (path) => !left.includes(basename(path)) });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const packed = output("npm", ["pack", "--silent", "--pack-destination", work], copy);
  const user = join(work, "user");
  mkdirSync(user);
  writeFileSync(join(user, "package.json"), "{}");
  const tarball = join(work, packed.trim().split("\n").at(-1)!);
  output("npm", ["install", "--no-audit", "--no-fund", tarball], user);
  return user;
}

test("the packed package, installed, loads a schedule and runs all nine statements from its JavaScript", () => {
  const user = installed();
  const manifest = JSON.parse(
    readFileSync(join(user, "node_modules", "nba-backfill", "package.json"), "utf8"),
  ) as { engines: unknown };
  expect(manifest.engines).toEqual({ node: ">=24" });
  writeFileSync(
    join(user, "schedule.csv"),
    [
      "game_id,game_date,season_year,season_type,tipoff_at,home_team,away_team,status",
      "0022300001,2023-10-24,2023,regular,2023-10-24T23:30:00Z,DEN,LAL,scheduled",
      "",
    ].join("\n"),
  );
  const command = (...args: string[]) =>
    output(join(user, "node_modules", ".bin", "nba-backfill"), args, user);
  command("ingest", "schedule.csv");
  // Without a roster the player tables have no rows, and the run says so by its exit code.
  expect(() => command("run", "--now", "2023-10-24T20:00:00Z")).toThrow();
  const shown = command("show", "upcoming_team_game_context", "2023-10-24", "--csv").trim().split("\n");
  // A header, and a row for each of the two teams.
  expect(shown.length).toBe(3);
});
