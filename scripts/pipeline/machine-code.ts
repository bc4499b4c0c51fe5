/** What the final machine code says: which functions there are, whom they call, whether they touch floating-point registers. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findTool } from "../doctor/tools.ts";

const run = promisify(execFile);

interface MachineFunction {
  readonly calls: Set<string>;
  callsIndirectly: boolean;
  usesFloat: boolean;
}

const FUNCTION = /^[0-9a-f]+ <(.+)>:$/;
const DIRECT_CALL = /\t(?:bl|b)\t0x[0-9a-f]+ <([^>+]+)>/;
const INDIRECT_CALL = /\tblr\t/;
/** Scalar and vector registers of AArch64 as operands. */
const FLOAT_REGISTER = /\t[^<]*\b[bhsdqv]([12]?\d|3[01])\b/;

async function disassemble(elf: Uint8Array): Promise<Map<string, MachineFunction>> {
  const dir = await mkdtemp(join(tmpdir(), "jh-code-"));
  try {
    const file = join(dir, "image.elf");
    await writeFile(file, elf);
    const { stdout } = await run(
      findTool("llvm-objdump").path,
      ["-d", "--no-show-raw-insn", "--no-leading-addr", file],
      { maxBuffer: 1 << 28 },
    );
    return parse(stdout);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function parse(text: string): Map<string, MachineFunction> {
  const functions = new Map<string, MachineFunction>();
  let current: MachineFunction | undefined;
  for (const line of text.split("\n")) {
    const name = FUNCTION.exec(line)?.[1] ?? /^<(.+)>:$/.exec(line)?.[1];
    if (name) {
      current = { calls: new Set(), callsIndirectly: false, usesFloat: false };
      functions.set(name, current);
    } else if (current) {
      const callee = DIRECT_CALL.exec(line)?.[1];
      if (callee) current.calls.add(callee);
      else if (INDIRECT_CALL.test(line)) current.callsIndirectly = true;
      if (FLOAT_REGISTER.test(line)) current.usesFloat = true;
    }
  }
  return functions;
}

/**
 * Whether an interrupt handler may change floating-point registers. Handlers are reached through the function table, and so is whatever is
 * called indirectly: all functions in the table count as handlers, which can only err towards saving too much.
 */
export async function handlersUseFloat(elf: Uint8Array, tableFunctions: readonly string[]): Promise<boolean> {
  const functions = await disassemble(elf);
  const seen = new Set<string>();
  const open = [...tableFunctions];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const code = functions.get(name);
    if (code?.usesFloat) return true;
    if (code) open.push(...code.calls);
  }
  return false;
}
