import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/src/**/*.test.ts", "packages/*/test/**/*.test.ts", "examples/*/src/**/*.test.ts"],
    reporters: ["default", "./scripts/closing-line-reporter.mjs"],
    pool: "threads",
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
