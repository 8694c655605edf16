import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export const launcher = new URL("../../bin/nba-backfill", import.meta.url).pathname;

/** A command line in a process of its own. */
export interface Child {
  readonly process: ChildProcess;
  readonly stderr: () => string;
  /** Waits until it has said so on stderr; fails where it ends before. */
  readonly says: (words: string) => Promise<void>;
  /** Its exit code as a shell sees it: 128 and the signal's number where a signal ended it. */
  readonly ended: () => Promise<number>;
}

export function start(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Child {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("NBA_BACKFILL_"));
  const child = spawn(launcher, args, {
    cwd: folder,
    env: { ...Object.fromEntries(kept), ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const end = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return {
    process: child,
    stderr: () => stderr,
    says: async (words) => {
      while (!stderr.includes(words)) {
        const more = await Promise.race([once(child.stderr, "data").then(() => true), end.then(() => false)]);
        if (!more && !stderr.includes(words)) throw new Error(`never said '${words}':\n${stderr}`);
      }
    },
    ended: async () => {
      const [code, signal] = await end;
      return code ?? (signal === "SIGINT" ? 130 : 137);
    },
  };
}
