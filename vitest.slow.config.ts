import { defineConfig } from "vitest/config";

/** The slower suites: real data, long properties. Run by .ci/run. */
export default defineConfig({
  test: {
    include: ["test/slow/**/*.test.ts"],
    globalSetup: ["test/judges/service.ts"],
    fileParallelism: false,
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
  },
});
