/**
 * How arrays of the library reach an element. Wasm adds the reference and the shifted index in 32 bits, and clang cannot join a sum that may wrap
 * around with the access that it is for. The sum of an array's address and an index of it never wraps: it may as well be C's (ELEMENT of
 * wasm.h), in 64 bits. An index far out of range, which `unchecked` lets pass, then leads behind linear memory and faults, before the array as behind it.
 */
import { wasmName } from "./names.ts";

const ACCESSOR = /^~lib\/(array|staticarray|typedarray)\/.*#__u?[gs]et$/;

const CONSTANT = /^var_i(\d+) = (\d+u);$/;
const SHIFT = /^var_i(\d+) <<= \(var_i(\d+) & 31\);$/;
const SUM = /^var_i(\d+) \+= var_i(\d+);$/;
const ACCESS = /\bACCESS\((\w+), var_i(\d+), 0u/;

/** The statements of an accessor with its access by array and index; those of other functions, and of what is written in another way, as they are. */
export function elementAccess(cName: string, statements: readonly string[]): string[] {
  if (!ACCESSOR.test(wasmName(cName))) return [...statements];
  const at = statements.findIndex((line) => SUM.test(line));
  const [, base = "", index = ""] = SUM.exec(statements[at] ?? "") ?? [];
  const access = statements.findIndex((line, i) => i > at && ACCESS.exec(line)?.[2] === base);
  if (at < 0 || access < 0) return [...statements];
  const out = [...statements];
  const [, shifted] = SHIFT.exec(statements[at - 1] ?? "") ?? [];
  const [, by, count] = CONSTANT.exec(statements[at - 2] ?? "") ?? [];
  const isShifted = shifted === index && by === String(Number(index) + 1);
  if (isShifted) out[at - 1] = "";
  out[at] = `NODEBUG u32 array = var_i${base}, index = var_i${index};`;
  out[access] = (out[access] as string).replace(ACCESS, `ELEMENT($1, array, index, ${isShifted ? count : "0u"}`);
  return out;
}
