import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/slow/**"],
    globalSetup: ["test/judges/service.ts"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
