/** What the final machine code says: which functions there are, whom they call from where, whether they touch floating-point registers. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findTool } from "../doctor/tools.ts";
import { type ElfSymbol, elfSymbols } from "./elf.ts";

const run = promisify(execFile);

export interface MachineCall {
  /** Address of the instruction. */
  readonly at: number;
  /** Undefined: through a register. */
  readonly to: string | undefined;
}
export interface MachineFunction {
  readonly address: number;
  readonly calls: MachineCall[];
  usesFloat: boolean;
}

const FUNCTION = /^([0-9a-f]+) <(.+)>:$/;
const ADDRESS = /^\s*([0-9a-f]+):/;

/** How an architecture's disassembly shows what we look for. */
export interface CodeForms {
  /** A call, or a jump to another function: groups are its address and name. */
  readonly directCall: RegExp;
  readonly indirectCall: RegExp;
  /** A scalar or vector register as an operand. */
  readonly floatRegister: RegExp;
  /** Bytes that a call pushes, which are in no function's frame. */
  readonly returnAddress: number;
}
export const ARM64_CODE: CodeForms = {
  directCall: /\t(?:bl|b)\t0x([0-9a-f]+) <([^>+]+)>/,
  indirectCall: /\tblr\t/,
  floatRegister: /\t[^<]*\b[bhsdqv]([12]?\d|3[01])\b/,
  returnAddress: 0,
};
export const X86_64_CODE: CodeForms = {
  directCall: /\t(?:call|jmp)q?\t0x([0-9a-f]+) <([^>+]+)>/,
  indirectCall: /\tcallq?\t\*/,
  floatRegister: /\t[^<]*%[xyz]?mm\d/,
  returnAddress: 8,
};
/** The x87's instructions begin with f, and seldom name a register. */
export const X86_32_CODE: CodeForms = {
  directCall: /\t(?:call|jmp)l?\t0x([0-9a-f]+) <([^>+]+)>/,
  indirectCall: /\tcalll?\t\*/,
  floatRegister: /\tf\w+|\t[^<]*%[xyz]?mm\d/,
  returnAddress: 4,
};

/** Gives the name of a file with these contents to `use`, and removes it afterwards. */
export async function withElfFile<T>(elf: Uint8Array, use: (file: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), "jh-code-"));
  try {
    const file = join(dir, "image.elf");
    await writeFile(file, elf);
    return await use(file);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The functions of an ELF file, which is in `file` too, by their symbols. */
export async function disassemble(
  elf: Uint8Array,
  file: string,
  forms: CodeForms,
): Promise<Map<string, MachineFunction>> {
  const { stdout } = await run(findTool("llvm-objdump").path, ["-d", "--no-show-raw-insn", file], {
    maxBuffer: 1 << 28,
  });
  const known = elfSymbols(elf).flatMap((s) => (s.isFunction && s.size > 0 ? [[s.address, s] as const] : []));
  return parse(stdout, new Map(known), forms);
}

/**
 * `known`: functions by address. The disassembler may call them by another symbol of the same address, and lets them reach as far as the next
 * symbol: behind a function there may be code without one, a vector for example.
 */
function parse(text: string, known: ReadonlyMap<number, ElfSymbol>, forms: CodeForms): Map<string, MachineFunction> {
  const functions = new Map<string, MachineFunction>();
  let current: MachineFunction | undefined;
  let end = 0;
  for (const line of text.split("\n")) {
    const head = FUNCTION.exec(line);
    if (head) {
      const address = Number.parseInt(head[1] as string, 16);
      const symbol = known.get(address);
      current = { address, calls: [], usesFloat: false };
      functions.set(symbol?.name ?? (head[2] as string), current);
      end = symbol ? address + symbol.size : Number.POSITIVE_INFINITY;
    } else if (current) {
      const at = Number.parseInt(ADDRESS.exec(line)?.[1] ?? "0", 16);
      if (at >= end) continue;
      const direct = forms.directCall.exec(line);
      const to = direct ? (known.get(Number.parseInt(direct[1] as string, 16))?.name ?? direct[2]) : undefined;
      if (to || forms.indirectCall.test(line)) current.calls.push({ at, to });
      if (forms.floatRegister.test(line)) current.usesFloat = true;
    }
  }
  return functions;
}

/**
 * Whether an interrupt handler may change floating-point registers. Handlers are reached through the function table, and so is whatever is
 * called indirectly: all functions in the table count as handlers, which can only err towards saving too much.
 */
export async function handlersUseFloat(
  elf: Uint8Array,
  tableFunctions: readonly string[],
  forms: CodeForms,
): Promise<boolean> {
  const functions = await withElfFile(elf, (file) => disassemble(elf, file, forms));
  const seen = new Set<string>();
  const open = [...tableFunctions];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const code = functions.get(name);
    if (code?.usesFloat) return true;
    for (const { to } of code?.calls ?? []) if (to) open.push(to);
  }
  return false;
}
