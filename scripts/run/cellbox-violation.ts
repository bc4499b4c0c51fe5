/** A violation's report in the user's terms. */
import { type Violation, violationLines } from "./cellbox-messages.ts";
import { heldCalls } from "./held-calls.ts";
import { jobSymbolizer } from "./job-symbolizer.ts";
import { SymbolFilter } from "./symbols.ts";
import type { CellJob } from "./target.ts";

/** @param jobs by the violation's cell. With wasm3 the addresses are the interpreter's; the program's are in registers. */
export function explainViolation(violation: Violation, jobs: readonly CellJob[]): string[] {
  const { elf, module } = jobs[violation.cell] ?? {};
  const [pc, ...trace] = module ? heldCalls(module.wasm, violation.registers.map(BigInt)) : [];
  const symbolize = jobSymbolizer(pc === undefined ? { elf } : { module });
  const lines = violationLines(pc === undefined ? violation : { ...violation, pc, link: "0x0", trace }, jobs);
  if (!symbolize) return lines;
  const text = new SymbolFilter(symbolize).push(Buffer.from(`${lines.join("\n")}\n`)).toString();
  return text.trimEnd().split("\n");
}
