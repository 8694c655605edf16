import { defineConfig } from "vitest/config";

/** What takes minutes, or the real data: .ci/run runs it after npm test. */
export default defineConfig({
  test: {
    include: ["test/slow/**/*.test.ts"],
    globalSetup: ["test/judges/service.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
