/** The machine code as the stack check sees it, from an ELF file. */
import type { CodeFunction } from "../checks/stack.ts";
import { isOurs } from "../checks/stack-limits.ts";
import { stackSizes } from "./elf.ts";
import { type CodeFrame, codeFrames } from "./frames.ts";
import { disassemble, withElfFile } from "./machine-code.ts";
import { functionName, wasmName } from "./names.ts";

/**
 * `indirect`: whom the calls through references in a function reach, by Wasm names; in a function that is not in it, they may reach all of
 * `tableFunctions` (C names).
 */
export function stackCode(
  elf: Uint8Array,
  indirect: Readonly<Record<string, readonly string[]>>,
  tableFunctions: readonly string[],
): Promise<CodeFunction[]> {
  return withElfFile(elf, async (file) => {
    const code = await disassemble(elf, file);
    const sizes = stackSizes(elf);
    const addresses = [...code.values()].flatMap(({ address, calls }) => [address, ...calls.map(({ at }) => at)]);
    const frames = await codeFrames(file, addresses);
    const byWasmName = new Map([...code.keys()].map((name) => [wasmName(name), name]));
    const reached = (at: number): readonly string[] => {
      const targets = indirect[wasmName(frames.get(at)?.[0]?.function ?? "")];
      return targets ? targets.flatMap((name) => byWasmName.get(name) ?? []) : tableFunctions;
    };
    return [...code].map(([name, { address, calls }]) => ({
      name,
      frame: sizes.get(address) ?? 0,
      position: frames.get(address)?.[0]?.position,
      calls: calls.map(({ at, to }) => ({ to: to === undefined ? reached(at) : [to], frames: (frames.get(at) ?? []).map(sourceFrame) })),
      isOurs: isOurs(name),
    }));
  });
}

function sourceFrame({ function: name, position }: CodeFrame) {
  return { name: functionName(name), position };
}
