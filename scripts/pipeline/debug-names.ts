/** Names in the debug information, as a debugger shows them: TypeScript's instead of those of the C between. */
import { elfSection } from "./elf.ts";
import { functionName, wasmName } from "./names.ts";

/**
 * Renames functions, parameters, variables and global variables in the ELF file, in place: a name becomes shorter, and what refers to it gives
 * its start. Symbols keep their C names.
 */
export function renameForDebugger(elf: Uint8Array): void {
  const names = elfSection(elf, ".debug_str");
  if (!names) return;
  for (let at = 0; at < names.length; ) {
    const end = names.indexOf(0, at);
    const name = debugName(new TextDecoder("latin1").decode(names.subarray(at, end)));
    if (name !== undefined && name.length <= end - at) names.fill(0, at, end).set(new TextEncoder().encode(name), at);
    at = end + 1;
  }
}

/** Top-level code that is not the user's: it keeps its name, so that "top level" is where a debugger finds the beginning of the program. */
const FOREIGN_START = /^(~start$|start:(jh-entry$|~lib\/))/;

/** Undefined for what has no name in TypeScript. */
function debugName(cName: string): string | undefined {
  if (cName.startsWith("w2c_app_")) {
    const name = wasmName(cName);
    return FOREIGN_START.test(name) ? name : functionName(cName);
  }
  // asc numbers variables that shadow another: size|3.
  if (cName.startsWith("var_")) return wasmName(cName.slice("var_".length)).replace(/\|\d+$/, "");
  if (cName.startsWith("g_")) return functionName(cName.slice("g_".length));
  return undefined;
}
