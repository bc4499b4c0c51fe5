import { UserError } from "../errors.ts";
import { engineFlag } from "./args.ts";
import { command } from "./command.ts";

const TARGETS = ["sim", "cellbox"] as const;

export default command({
  description: `Runs the tests of the inmate in DIR (default: .), its *.test.ts, by vitest. They start it with jh-inmate/test.
Exit code: 0 all passed, 1 a test failed, 2 wrong usage or the inmate does not build.`,
  operands: "[DIR]",
  mostOperands: 1,
  args: {
    on: {
      type: "string",
      valueHint: "TARGET",
      description: "where inmates run: sim, simulated in virtual time (the default), or cellbox, emulated by QEMU",
    },
    board: { type: "string", valueHint: "BOARD", description: "the board, for tests that name none themselves" },
    engine: {
      type: "string",
      valueHint: "ENGINE",
      description: "on cellbox, aot: compiled to machine code (the default); wasm3: interpreted",
    },
    name: {
      type: "string",
      alias: "t",
      valueHint: "NAME",
      description: "only tests whose names match this regular expression",
    },
    coverage: {
      type: "boolean",
      description: "end with the lines that were reached, and write coverage/lcov.info (in the simulator)",
    },
    watch: { type: "boolean", description: "run them again whenever a file changes" },
    json: { type: "boolean", description: "print one JSON object at the end, and nothing else" },
  },
  run: async ({ _: [dir = "."], on = "sim", board, engine, name, coverage = false, watch = false, json = false }) => {
    const target = TARGETS.find((known) => known === on);
    if (!target) throw new UserError(`--on ${on} is not for tests: give ${TARGETS.join(" or ")}`);
    if (watch && json) throw new UserError("--json is for one run: leave out --watch");
    if (coverage && target !== "sim") throw new UserError("--coverage counts in the simulator: leave out --on cellbox");
    const chosen = engineFlag(engine);
    if (chosen && target === "sim")
      throw new UserError("--engine is for cellbox, the simulator is one: add --on cellbox");
    if (board !== undefined) (await import("../../boards/index.ts")).findBoard(board);
    const { runTests } = await import("../testing/vitest.ts");
    const { exitCode } = await import("../testing/report.ts");
    const { summary } = await runTests({ dir, on: target, board, engine: chosen, name, coverage, watch, json });
    if (watch) return 0;
    if (summary.results.length === 0 && summary.errors.length === 0) {
      throw new UserError(`${dir} has no tests: write a main.test.ts, as docs/testing.md shows`);
    }
    if (name !== undefined && summary.results.every(({ state }) => state === "skipped")) {
      throw new UserError(`-t ${name}: no test has such a name`);
    }
    const exit = exitCode(summary);
    if (json) process.stdout.write(`${JSON.stringify({ on, ...summary, exit }, undefined, 2)}\n`);
    return exit;
  },
});
