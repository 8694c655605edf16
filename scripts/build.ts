// The package's JavaScript: Node runs no TypeScript under node_modules. What is no TypeScript goes along unchanged.
import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
rmSync(`${root}dist`, { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [`${root}node_modules/typescript/bin/tsc`, "--project", "tsconfig.build.json"],
  { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
);
if (status !== 0) process.exit(1);
cpSync(`${root}src`, `${root}dist`, {
  recursive: true,
  filter: (path) => !/\.(ts|md)$/.test(path),
});
