/** What wasm3 0.5.0 does not know of Wasm 2.0: refused when the program is built, not when its cell starts. */
import { UserError } from "../../errors.ts";
import { forEachInstruction, type Module } from "../wasm/module.ts";

const UNKNOWN: ReadonlyMap<number, string> = new Map([
  [0x1c, "select with a type"],
  [0x25, "table.get"],
  [0x26, "table.set"],
  [0xd0, "ref.null"],
  [0xd1, "ref.is_null"],
  [0xd2, "ref.func"],
  [0xfc08, "memory.init"],
  [0xfc09, "data.drop"],
  [0xfc0c, "table.init"],
  [0xfc0d, "elem.drop"],
  [0xfc0e, "table.copy"],
  [0xfc0f, "table.grow"],
  [0xfc10, "table.size"],
  [0xfc11, "table.fill"],
]);

/** @throws UserError that names the instruction. */
export function checkSupported(module: Module): void {
  for (const body of module.bodies)
    forEachInstruction(module, body, (opcode) => {
      const name = UNKNOWN.get(opcode);
      if (name !== undefined)
        throw new UserError(`${module.what}: uses ${name}, which wasm3 does not know: build it with --engine aot`);
    });
}
