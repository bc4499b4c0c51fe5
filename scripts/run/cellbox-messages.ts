/** Messages of the monitor, one JSON object a line (runtime/cellbox/tell.ts, control.ts), and what they say to a user. */
import type { LogEntry } from "./cellbox-log.ts";
import type { CellJob } from "./target.ts";

export interface Violation {
  readonly kind: "violation";
  readonly cell: number;
  readonly cpu: number;
  readonly what: string;
  readonly address: string;
  /** Bytes; 0: unknown or none. */
  readonly size: number;
  readonly syndrome: string;
  readonly pc: string;
  /** The link register; "0x0": it tells nothing. */
  readonly link: string;
  /** Return addresses, the innermost caller first. */
  readonly trace: readonly string[];
  /** On x86: REGISTERS; on arm64 x0 to x30, which are not shown. */
  readonly registers: readonly string[];
}
/** How often a CPU has left its cell, by reason: the order is that of the statistics of hypercall 7. */
export interface Counters {
  readonly kind: "counters";
  readonly cell: number;
  readonly cpu: number;
  readonly values: readonly number[];
}
/** To a shutdown request. */
export interface Reply {
  readonly kind: "approved" | "refused" | "silent";
  readonly cell: number;
  readonly reply: number;
  /** From the request on, on the cell's clock. */
  readonly microseconds: number;
}
/** The cells are about to start. */
export interface Ready {
  readonly kind: "ready";
  /** Physical address of the tables that place the first cell's addresses in the machine. */
  readonly tables: string;
}
export type Message =
  | Ready
  | { readonly kind: "state"; readonly cell: number; readonly state: number }
  | Violation
  | Counters
  | Reply
  | LogEntry
  | { readonly kind: "end"; readonly reason: "done" | "time" | "stop" }
  | { readonly kind: "misfit"; readonly what: string }
  | { readonly kind: "defect"; readonly syndrome: string; readonly pc: string; readonly address: string };

/** As much of a job as is named. */
type Named = { readonly cell: Pick<CellJob["cell"], "name"> };

/** A line of the monitor's; undefined for one that a failing monitor did not finish. */
export function parseMessage(line: string): Message | undefined {
  try {
    return JSON.parse(line) as Message;
  } catch {
    return undefined;
  }
}

/** By `what` of a violation; `at` is the address in words, `bytes` the width of the access if it is known. */
const WORDS: Readonly<Record<string, (at: string, bytes: string) => string>> = {
  "read-outside": (at, bytes) => `read${bytes} at ${at}, which is outside the cell`,
  "write-outside": (at, bytes) => `write${bytes} at ${at}, which is outside the cell`,
  "read-denied": (at, bytes) => `read${bytes} at ${at}, where the cell may only write`,
  "write-denied": (at, bytes) => `write${bytes} at ${at}, where the cell may only read`,
  "read-refused": (at, bytes) => `read${bytes} at ${at}: this width, alignment or direction is not allowed there`,
  "write-refused": (at, bytes) =>
    `write${bytes} at ${at}: this width, alignment, direction or value is not allowed there`,
  "read-unanswered": (at, bytes) => `read${bytes} at ${at}, where no device answers`,
  "write-unanswered": (at, bytes) => `write${bytes} at ${at}, where no device answers`,
  "read-form": (at) =>
    `read at ${at} by an instruction that cannot be emulated: devices take single loads without write-back`,
  "write-form": (at) =>
    `write at ${at} by an instruction that cannot be emulated: devices take single stores without write-back`,
  "table-walk": (at) => `translation table at ${at}, which is outside the cell`,
  fetch: (at) => `jump to ${at}, which is outside the cell`,
  hvc: (value) => `hvc #${value}: only hvc #0x4a48 is a hypercall`,
  smc: (value) => `smc with function ${value}: only PSCI is there`,
  "register-read": (value) => `read of system register ${registerName(value)}, which is the hypervisor's`,
  "register-write": (value) => `write of system register ${registerName(value)}, which is the hypervisor's`,
  "read-move": (at) => `read at ${at} by an instruction that cannot be emulated: devices take plain moves`,
  "write-move": (at) => `write at ${at} by an instruction that cannot be emulated: devices take plain moves`,
  port: (value) => `access to I/O port ${value}, which is not the cell's`,
  "msr-read": (value) => `read of MSR ${value}, which is the hypervisor's`,
  "msr-write": (value) => `write of MSR ${value}, which is the hypervisor's or does not take that value`,
  "triple-fault": () => "a triple fault: an exception for which the program has no handler",
  exit: (value) => `an exit from the cell with code ${value}, which no cell may cause`,
  exception: (value) => `an exception of class ${value}, which no cell may cause`,
  serror: () => "an SError interrupt: a device refused an access",
};

/** The report: what happened, then its address, the link register there, and the addresses of the callers, for the symbol filter. */
export function violationLines(violation: Violation, jobs: readonly Named[]): string[] {
  const { what, address, size, cpu, pc, link, trace } = violation;
  const words = WORDS[what]?.(address, size === 0 ? "" : ` of ${size} ${size === 1 ? "byte" : "bytes"}`) ?? what;
  const cell = jobs[violation.cell]?.cell.name ?? "";
  const linkLines = link === "0x0" ? [] : [`    lr ${link}`];
  const callers = trace.map((at) => `    at ${at}`);
  const registers = violation.registers.length === REGISTERS.length ? registerLines(violation.registers) : [];
  return [`cell ${cell}, CPU ${cpu} parked: ${words}`, `    at ${pc}`, ...linkLines, ...callers, ...registers];
}

const REGISTERS = [
  ...["rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"],
  ...["rflags", "cr0", "cr2", "cr3", "cr4", "efer"],
];
const REGISTERS_A_LINE = 6;

/** Indented less than callers, so that nobody takes them for code addresses. */
function registerLines(values: readonly string[]): string[] {
  const words = values.map((value, i) => `${REGISTERS[i]}=${value}`);
  return Array.from(
    { length: Math.ceil(words.length / REGISTERS_A_LINE) },
    (_, i) => `  ${words.slice(i * REGISTERS_A_LINE, (i + 1) * REGISTERS_A_LINE).join(" ")}`,
  );
}

export function replyLine({ kind, cell, microseconds }: Reply, jobs: readonly Named[]): string {
  const words = { approved: "approved", refused: "refused", silent: "did not answer" }[kind];
  return `cell ${jobs[cell]?.cell.name} ${words} the shutdown request after ${(microseconds / 1000).toFixed(1)} ms`;
}

/** S3_0_C12_C11_6, as assemblers write it; the number has op0, op1, CRn, CRm and op2. */
function registerName(encoding: string): string {
  const bits = Number(encoding);
  return `S${bits >> 14}_${(bits >> 11) & 7}_C${(bits >> 7) & 15}_C${(bits >> 3) & 15}_${bits & 7}`;
}
