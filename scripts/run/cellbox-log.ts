/** What the real-time fork prints on the hypervisor's console about the hypercalls that only it has (runtime/cellbox/log.ts). */

/** What a cell's CPU has called; `values` by kind: */
export interface LogEntry {
  readonly kind: keyof typeof LINES;
  readonly cpu: number;
  /** Of "qos" and "qos-control". */
  readonly device?: string;
  /** Of "qos". */
  readonly parameter?: string;
  /** Three. */
  readonly values: readonly string[];
}

/** Said once, before the first of MemGuard's lines. */
export const MEMGUARD_NOTE =
  "MemGuard counts CPU cycles here, nanoseconds of QEMU's clock: QEMU has no L2 whose refills it could count";

type Line = (entry: LogEntry, boardAddress: (physical: bigint) => bigint) => string;

/** PAR_EL1 (Arm ARM D17.2): the translation failed; else the page. */
const PAR_FAILED = 1n;
const PAR_PAGE = 0xffff_ffff_f000n;

/** The fork's lines, so that they can be compared; "": it prints nothing. */
const LINES = {
  /** Time (microseconds), budget, flags. */
  memguard: ({ cpu, values: [time, budget, flags] }) =>
    `[MG] memguard_call ${decimal(time)} ${decimal(budget)} ${hex(flags)} (CPU ${cpu})`,
  /** The value given, the register's offset, what the register holds now. */
  qos: ({ device, parameter, values: [value, offset] }) =>
    `[QoS] QoS: Dev [${device}], Param [${parameter}] = 0x${hex(value, 8)} (reg off: +0x${hex(offset, 8)})`,
  /** What the device's control register holds now, and its offset. */
  "qos-control": () => "",
  /** The fork's last line would be that of a crash. */
  "qos-none": ({ cpu }) =>
    `hypercall 11 without a setting (CPU ${cpu}): the real-time fork's hypervisor crashes at that, leave it out`,
  /** A virtual address, and PAR_EL1 after both stages of its translation. */
  translation: ({ values: [address, result = "0"] }, boardAddress) => {
    const par = BigInt(result);
    const page = par & PAR_PAGE;
    const told = (par & PAR_FAILED) !== 0n ? par : (par & ~PAR_PAGE) | boardAddress(page);
    return `[DEBUG] Translated 0x${hex(address, 8)} -> 0x${hex(String(told), 8)}`;
  },
} satisfies Record<string, Line>;

/** @param boardAddress where on the board is what the emulated machine has at a physical address */
export function logLine(entry: LogEntry, boardAddress: (physical: bigint) => bigint = (physical) => physical): string {
  return LINES[entry.kind](entry, boardAddress);
}

function decimal(value = "0"): string {
  return BigInt(value).toString();
}

function hex(value = "0", digits = 1): string {
  return BigInt(value).toString(16).padStart(digits, "0");
}
