import { bytesOf, formatSize } from "../../../boards/define/sizes.ts";
import { UserError } from "../../errors.ts";
import { MOST_BYTES, STRIDE } from "../../lab/bomb-control.ts";
import type { Action } from "../actions.ts";
import { secondsFlag } from "../args.ts";
import { stageProgress } from "../progress.ts";
import { destinationFlag, type Flags, numberFlag } from "./flags.ts";

const bomb: Action<Flags> = {
  usage: "--on ssh:HOST --cell N --reads|--writes [options]",
  flags: ["on", "seconds", "replace", "cell", "size", "reads", "writes", "verbose", "budget"],
  least: 0,
  most: 0,
  run: async (_, flags) => {
    const destination = destinationFlag(flags.on, "bomb");
    const seconds = secondsFlag("seconds", flags.seconds);
    const { bombMemory, bombNumbers } = await import("../../lab/experiments.ts");
    if (flags.cell === undefined || !bombNumbers.includes(Number(flags.cell)))
      throw new UserError(`lab bomb needs the number of a bomb: --cell ${bombNumbers.join(", --cell ")}`);
    const { reads = false, writes = false, verbose = false, replace = false } = flags;
    if (!reads && !writes) throw new UserError("lab bomb needs what to do: --reads, --writes, or both");
    const size = sizeFlag(flags.size ?? "4M");
    const budget = numberFlag(flags, "budget", { least: 0, most: 0xffffffff, otherwise: 0 });
    const memory = bombMemory(Number(flags.cell));

    const { runExperiment } = await import("../../lab/session.ts");
    const { bombScript } = await import("../../lab/script.ts");
    const script = bombScript(memory, { flags: { reads, writes, verbose }, size, budget, replace });
    const does = [reads && "reads", writes && "writes"].filter(Boolean).join(" and ");
    const what = `bomb ${flags.cell} on ${destination.host}: ${does} in ${formatSize(BigInt(size))}`;
    await runExperiment({ destination, memory, script, doing: () => what, seconds }, stageProgress());
    process.stderr.write(`${what}: done, it is disabled\n`);
    return 0;
  },
};

function sizeFlag(text: string): number {
  const bytes = Number(bytesOf(text, "--size"));
  if (bytes >= STRIDE && bytes <= MOST_BYTES) return bytes;
  throw new UserError(
    `--size ${text}: a bomb has ${formatSize(BigInt(MOST_BYTES))} and touches every ${STRIDE} bytes, give ${STRIDE} to 4M`,
  );
}

export default bomb;
