import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    googleSqlPort: number;
  }
}

/** Where the npm package keeps the compiled service and its protocol. */
export const SERVICE_FOLDER = join(
  dirname(createRequire(import.meta.url).resolve("@fivetrandevelopers/zetasql")),
  "zetasql",
);

export interface Service {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts the local GoogleSQL service on a free port. It hangs on a pipe of ours, so it ends with this process however
 * that ends, a kill included.
 */
export async function startService(): Promise<Service> {
  const port = await freePort();
  const binary = `remote_server${process.arch.startsWith("arm") ? "_arm" : ""}${process.platform === "darwin" ? "" : ".so"}`;
  const child = spawn(
    "sh",
    [
      "-c",
      '"$0" localhost "$1" & read end; kill -9 $!; wait $! 2>/dev/null',
      join(SERVICE_FOLDER, binary),
      String(port),
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  await new Promise<void>((listening, failed) => {
    let said = "";
    child.stdout.on("data", (data) => {
      said += data;
      if (said.includes("Server listening")) listening();
    });
    child.on("error", failed);
    child.on("exit", () => failed(new Error(`the GoogleSQL service did not start: ${said}`)));
  });
  return {
    port,
    stop: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "localhost");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

let service: Service | undefined;

/** Vitest calls this once per test run, before all files. */
export async function setup(project: TestProject): Promise<void> {
  service = await startService();
  project.provide("googleSqlPort", service.port);
}

export async function teardown(): Promise<void> {
  await service?.stop();
}
