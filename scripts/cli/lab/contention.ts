import { bytesOf } from "../../../boards/define/sizes.ts";
import { UserError } from "../../errors.ts";
import { packageVersion } from "../../root.ts";
import type { Action } from "../actions.ts";
import { stageProgress } from "../progress.ts";
import { type Flags, numberFlag } from "./flags.ts";

/** What the L2 holds as long as the victim is alone, and what it does not; the cells have room for the second. */
const SIZES = "448K,2M";
const [LEAST_SIZE, MOST_SIZE] = [4 << 10, 4 << 20];
/** Refills a millisecond: 640, 320 and 64 MB/s a bomb. */
const BUDGETS = "10000,5000,1000";

const contention: Action<Flags> = {
  usage: "[-o FILE.csv] [options]",
  flags: ["out", "size", "loads", "budget"],
  least: 0,
  most: 0,
  run: async (_, flags) => {
    const { out } = flags;
    if (out !== undefined && !out.endsWith(".csv"))
      throw new UserError("lab contention writes a CSV file, with .json and .html beside it: -o FILE.csv");
    const settings = {
      sizes: listFlag(flags.size ?? SIZES, sizeFlag),
      loads: numberFlag(flags, "loads", { least: 1000, most: 10_000_000, otherwise: 50_000 }),
      budgets: listFlag(flags.budget ?? BUDGETS, (text) =>
        numberFlag({ budget: text }, "budget", { least: 1, most: 0xffffffff, otherwise: 0 }),
      ),
    };
    const { measureContention } = await import("../../lab/contention/experiment.ts");
    const { tableOf } = await import("../../lab/contention/report.ts");
    const { BOARD } = await import("../../lab/contention/run.ts");
    const { describeModel, memoryParameters } = await import("../../sim/index.ts");
    const parameters = memoryParameters(BOARD);
    const model = describeModel(parameters);
    const date = new Date().toISOString();
    const progress = stageProgress();
    const results = await measureContention(settings, progress.stage).finally(progress.end);
    process.stdout.write(tableOf(results, model));
    if (out === undefined) return 0;
    const { writeContention } = await import("../../lab/contention/files.ts");
    const version = packageVersion();
    const files = await writeContention(out, results, { settings, parameters, model, date, version });
    process.stderr.write(`${files.join(", ")}: open the last one in a browser\n`);
    return 0;
  },
};

function listFlag<T>(text: string, one: (text: string) => T): T[] {
  return text.split(",").map((part) => one(part.trim()));
}

function sizeFlag(text: string): number {
  const bytes = Number(bytesOf(text, "--size"));
  if (bytes >= LEAST_SIZE && bytes <= MOST_SIZE && bytes % 4096 === 0) return bytes;
  throw new UserError(`--size ${text}: the victim works on whole pages, 4K to 4M`);
}

export default contention;
