import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // Tests see the sources, not the bundle that the package's exports name.
    alias: {
      "jh-inmate/config": source("boards/config.ts"),
      "jh-inmate/cell": source("boards/index.ts"),
      "jh-inmate/test": source("scripts/testing/index.ts"),
      "jh-inmate/sim": source("scripts/sim/index-node.ts"),
    },
  },
  test: {
    include: [
      "sdk/**/*.test.ts",
      "boards/**/*.test.ts",
      "scripts/**/*.test.ts",
      "runtime/**/*.test.ts",
      "demos/**/*.test.ts",
      "test/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**", "test/fixtures/**", "scripts/create-jh-inmate/templates/**"],
    // Else vitest puts a proxy round the compiler, whose walk through syntax trees then takes six times as long.
    deps: { interopDefault: false },
    globalSetup: "test/bundle.ts",
    // A test that compiles runs asc and clang, one that runs emulates a CPU: two at a time is what two cores carry.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
