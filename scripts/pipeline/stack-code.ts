/** The machine code as the stack check sees it, from an ELF file. */
import type { IndirectTargets } from "../checks/index.ts";
import type { CodeCall, CodeFunction } from "../checks/stack.ts";
import { isOurs } from "../checks/stack-limits.ts";
import { stackSizes } from "./elf.ts";
import { type CodeFrame, codeFrames } from "./frames.ts";
import { type CodeForms, disassemble, type MachineCall, withElfFile } from "./machine-code.ts";
import { functionName, wasmName } from "./names.ts";

/**
 * `indirect`: whom the calls through references in a function reach, by its Wasm name; in a function that is not in it, they may reach all of
 * `tableFunctions` (C names).
 */
export function stackCode(
  elf: Uint8Array,
  indirect: Readonly<Record<string, IndirectTargets>>,
  tableFunctions: readonly string[],
  forms: CodeForms,
): Promise<CodeFunction[]> {
  return withElfFile(elf, async (file) => {
    const code = await disassemble(elf, file, forms);
    const sizes = stackSizes(elf);
    const addresses = [...code.values()].flatMap(({ address, calls }) => [address, ...calls.map(({ at }) => at)]);
    const frames = await codeFrames(file, addresses);
    const byWasmName = new Map([...code.keys()].map((name) => [wasmName(name), name]));
    const callOf = ({ at, to }: MachineCall): CodeCall => {
      const inlined = frames.get(at) ?? [];
      const targets = indirect[wasmName(inlined[0]?.function ?? "")];
      const reached = targets ? targets.names.flatMap((name) => byWasmName.get(name) ?? []) : tableFunctions;
      return {
        to: to === undefined ? reached : [to],
        certain: to !== undefined || (targets?.known ?? true),
        frames: inlined.map(sourceFrame),
      };
    };
    return [...code].map(([name, { address, calls }]) => ({
      name,
      frame: (sizes.get(address) ?? 0) + forms.returnAddress,
      position: frames.get(address)?.[0]?.position,
      calls: calls.map(callOf),
      isOurs: isOurs(name),
    }));
  });
}

function sourceFrame({ function: name, position }: CodeFrame) {
  return { name: functionName(name), position };
}
