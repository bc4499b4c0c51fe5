import { hostname } from "node:os";
import { UserError } from "../../errors.ts";
import { COLUMN_SETS, type ColumnSet } from "../../lab/csv.ts";
import { capacityOf, MOST_CYCLES } from "../../lab/profiler-log.ts";
import { packageVersion } from "../../root.ts";
import type { Action } from "../actions.ts";
import { secondsFlag } from "../args.ts";
import { stageProgress } from "../progress.ts";
import { destinationFlag, type Flags, numberFlag } from "./flags.ts";

const profile: Action<Flags> = {
  usage: "--on ssh:HOST -o FILE.csv [options]",
  flags: [
    ...(["on", "out", "seconds", "replace", "controller", "interval", "max", "bytes"] as const),
    ...(["axi-id", "axi-mask", "columns", "cpu-mhz", "model"] as const),
  ],
  least: 0,
  most: 0,
  run: async (_, flags) => {
    const destination = destinationFlag(flags.on, "profile");
    if (!flags.out?.endsWith(".csv")) throw new UserError("lab profile needs a file for the log: -o FILE.csv");
    const seconds = secondsFlag("seconds", flags.seconds);
    const { PROFILER_HZ, profilerMemory } = await import("../../lab/experiments.ts");
    const memory = profilerMemory();
    const capacity = capacityOf(memory.size);
    const u16 = { least: 0, most: 0xffff };
    const settings = {
      control: {
        interval: numberFlag(flags, "interval", { least: 1, most: MOST_CYCLES, otherwise: 256 }),
        secondController: numberFlag(flags, "controller", { least: 0, most: 1, otherwise: 0 }) === 1,
        bytes: flags.bytes ?? false,
      },
      maxCount: numberFlag(flags, "max", { least: 2, most: capacity, otherwise: capacity }),
      axi: {
        value: numberFlag(flags, "axi-id", { ...u16, otherwise: 0x2000 }),
        mask: numberFlag(flags, "axi-mask", { ...u16, otherwise: 0xe007 }),
      },
      replace: flags.replace ?? false,
    };
    const columns = columnsFlag(flags.columns);
    const cpuHz = megahertzFlag(flags["cpu-mhz"]) ?? PROFILER_HZ;

    const { runExperiment } = await import("../../lab/session.ts");
    const { profileScript } = await import("../../lab/script.ts");
    const date = new Date().toISOString();
    const script = profileScript(memory, settings);
    const doing = (samples: number) => `sampling on ${destination.host}: ${samples} of ${settings.maxCount} samples`;
    const ended = await runExperiment({ destination, memory, script, doing, seconds }, stageProgress());

    const { writeProfile } = await import("../../lab/record.ts");
    const rows = await writeProfile(ended, {
      ...{ file: flags.out, columns, cpuHz, memory, settings, seconds, date, model: flags.model },
      cpuHzGiven: flags["cpu-mhz"] !== undefined,
      ...{ host: destination.host, version: packageVersion(), writtenOn: hostname() },
    });
    process.stderr.write(`${flags.out}: ${rows} rows; jh-inmate lab plot ${flags.out} draws them\n`);
    return 0;
  },
};

function columnsFlag(text: Flags["columns"]): ColumnSet {
  const columns = COLUMN_SETS.find((name) => name === (text ?? "lab"));
  if (columns) return columns;
  throw new UserError(`--columns ${text} is unknown: give ${COLUMN_SETS.join(" or ")}`);
}

/** In Hz. */
function megahertzFlag(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text) * 1e6;
  throw new UserError(`--cpu-mhz ${text} is no frequency: give a number of MHz above 0, as in --cpu-mhz 1000`);
}

export default profile;
