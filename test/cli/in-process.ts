import { vi } from "vitest";
import { main } from "../../src/cli/program.ts";

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in a folder as the launcher would, without a process of its own. */
export async function nbaBackfill(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const before = { folder: process.cwd(), env: { ...process.env } };
  for (const name of Object.keys(process.env)) if (name.startsWith("NBA_BACKFILL_")) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(folder);
  const stdout = captured(process.stdout);
  const stderr = captured(process.stderr);
  try {
    const code = await main(args);
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.restore();
    stderr.restore();
    process.chdir(before.folder);
    process.env = before.env;
  }
}

function captured(stream: NodeJS.WriteStream): { text: () => string; restore: () => void } {
  const written: string[] = [];
  const spy = vi.spyOn(stream, "write").mockImplementation((text) => written.push(String(text)) > 0);
  return { text: () => written.join(""), restore: () => spy.mockRestore() };
}
