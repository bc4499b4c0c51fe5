/** What the monitor gets through QEMU's fw_cfg: a description of the run, and each cell's configuration and images. */
import { encodeCell } from "../../boards/index.ts";
import { emulationOf, type Machine } from "./cellbox-machine.ts";
import type { CellJob, RunOptions } from "./target.ts";

export interface CellboxOptions extends RunOptions {
  /** Goes on when all cells have ended, so that they can be started again. */
  readonly hold?: boolean;
  /** `load` is going to be called; as with `hold`, the machine goes on. */
  readonly reloadable?: boolean;
  /** The comm region has another revision than inmates know. */
  readonly wrongRevision?: boolean;
}

/** A file for `-fw_cfg name=…`. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const FLAG_HOLD = 1;
const FLAG_FP_OFF = 2;
const FLAG_WRONG_REVISION = 4;
const NEVER = (1n << 64n) - 1n;
const HEADER_SIZE = 80;

export function filesFor(jobs: readonly CellJob[], machine: Machine, options: CellboxOptions): NamedFile[] {
  const cells = jobs.flatMap((job, i): NamedFile[] => {
    const name = `opt/jh-inmate/cell${i}`;
    const images = job.images.map(({ bytes }, n) => ({ name: `${name}/image${n}`, bytes }));
    return [{ name, bytes: encodeCell(job.cell) }, ...images];
  });
  return [{ name: "opt/jh-inmate/run", bytes: describe(jobs, machine, options) }, ...cells];
}

/** The layout is runtime/cellbox/run.ts's. */
function describe(jobs: readonly CellJob[], machine: Machine, options: CellboxOptions): Uint8Array {
  const [first] = jobs;
  if (!first) throw new Error("no job");
  const addresses = jobs.flatMap((job) => job.images.map(({ address }) => address));
  const bytes = new Uint8Array(HEADER_SIZE + 8 * jobs.length + 8 * addresses.length);
  const view = new DataView(bytes.buffer);
  const flags =
    (options.hold || options.reloadable ? FLAG_HOLD : 0) |
    ((options.entry ?? first.format) === "rt" ? FLAG_FP_OFF : 0) |
    (options.wrongRevision ? FLAG_WRONG_REVISION : 0);
  const words = [jobs.length, machine.cpus, flags, first.board.system.pciMmconfigEndBus];
  words.forEach((word, i) => view.setUint32(4 * i, word, true));
  const longs = [
    milliseconds(options.seconds),
    milliseconds(options.shutdownAfter),
    first.board.system.pciMmconfigBase,
    first.board.system.hypervisorMemory.size,
    ...emulationOf(jobs).words(first.board, options),
  ];
  longs.forEach((long, i) => view.setBigUint64(16 + 8 * i, long, true));
  jobs.forEach((job, i) => view.setUint32(HEADER_SIZE + 8 * i, job.images.length, true));
  addresses.forEach((address, i) => view.setBigUint64(HEADER_SIZE + 8 * (jobs.length + i), address, true));
  return bytes;
}

function milliseconds(seconds: number | undefined): bigint {
  return seconds === undefined ? NEVER : BigInt(Math.round(seconds * 1000));
}
