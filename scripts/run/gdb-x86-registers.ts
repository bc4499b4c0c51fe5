/** Registers of an x86 CPU as QEMU's stub for 64-bit machines gives them, and as a debugger of 32-bit programs wants them. */
import type { Paging } from "./x86-paging.ts";

/** Bytes of the stub's answer to "g": general registers, RIP, EFLAGS and segments, bases, control registers, x87, SSE. */
const STUB_BYTES = 608;
const STUB = { rip: 128, cr0: 188, cr3: 204, cr4: 212, efer: 228 } as const;

export class Registers {
  readonly #bytes: Buffer;

  /** @throws Error if it is no answer of QEMU's stub. */
  constructor(answer: string) {
    this.#bytes = Buffer.from(answer, "hex");
    if (this.#bytes.length !== STUB_BYTES)
      throw new Error("QEMU's debugger tells registers in a form that is not known here");
  }

  get rip(): bigint {
    return this.#long("rip");
  }

  get paging(): Paging {
    return { cr0: this.#long("cr0"), cr3: this.#long("cr3"), cr4: this.#long("cr4"), efer: this.#long("efer") };
  }

  /** An answer to "g" for a debugger that has read TARGET_32. */
  get as32(): string {
    return I386.map(({ at, bits }) => this.#bytes.toString("hex", at, at + bits / 8)).join("");
  }

  #long(name: keyof typeof STUB): bigint {
    return this.#bytes.readBigUInt64LE(STUB[name]);
  }
}

interface Register {
  readonly name: string;
  readonly bits: number;
  readonly type: string;
  readonly feature: "core" | "sse";
  /** In the stub's answer to "g", and the stub's number of it. */
  readonly at: number;
  readonly number: number;
}

const row = (name: string, bits: number, type: string, at: number, number: number): Register => ({
  name,
  bits,
  type,
  feature: "core",
  at,
  number,
});

/** In gdb's order (its manual, G.5.5); the stub has RAX, RBX, RCX, RDX, RSI, RDI, RBP, RSP. */
const I386: readonly Register[] = [
  ...["eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"].map((name, i) => {
    const number = [0, 2, 3, 1, 7, 6, 4, 5][i] as number;
    return row(name, 32, name === "esp" || name === "ebp" ? "data_ptr" : "int32", 8 * number, number);
  }),
  row("eip", 32, "code_ptr", STUB.rip, 16),
  ...["eflags", "cs", "ss", "ds", "es", "fs", "gs"].map((name, i) => row(name, 32, "int32", 136 + 4 * i, 17 + i)),
  ...range(8).map((i) => row(`st${i}`, 80, "i387_ext", 236 + 10 * i, 33 + i)),
  ...["fctrl", "fstat", "ftag", "fiseg", "fioff", "foseg", "fooff", "fop"].map((name, i) =>
    row(name, 32, "int32", 316 + 4 * i, 41 + i),
  ),
  ...range(8).map((i): Register => ({ ...row(`xmm${i}`, 128, "uint128", 348 + 16 * i, 49 + i), feature: "sse" })),
  { ...row("mxcsr", 32, "int32", 604, 65), feature: "sse" },
];

/** What a debugger of 32-bit programs reads about the machine. */
export const TARGET_32 = `<?xml version="1.0"?><!DOCTYPE target SYSTEM "gdb-target.dtd"><target><architecture>i386</architecture>${(
  ["core", "sse"] as const
)
  .map((feature) => {
    const registers = I386.filter((register) => register.feature === feature);
    const rows = registers.map(({ name, bits, type }) => `<reg name="${name}" bitsize="${bits}" type="${type}"/>`);
    return `<feature name="org.gnu.gdb.i386.${feature}">${rows.join("")}</feature>`;
  })
  .join("")}</target>`;

/** The stub's packet for one that sets a register of TARGET_32; undefined: there is no such register. */
export function setRegister32(payload: string): string | undefined {
  const [, number = "", value = ""] = /^P([\da-f]+)=([\da-f]*)$/.exec(payload) ?? [];
  const register = I386[Number.parseInt(number, 16)];
  if (!register) return undefined;
  // General registers and RIP have 64 bits there.
  const digits = register.number <= 16 ? 16 : value.length;
  return `P${register.number.toString(16)}=${value.padEnd(digits, "0")}`;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
