/** What a module may import: intrinsics of its architecture, with their signatures. */
import { type ImageArch, INTRINSICS, type Intrinsic, type ValueType } from "../../runtime/intrinsics.ts";
import { UserError } from "../errors.ts";
import { KIND, type Module } from "./wasm/module.ts";

export const WASM_TYPES: Readonly<Record<ValueType, number>> = {
  u32: 0x7f,
  u64: 0x7e,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
};

/** What AssemblyScript knows by itself and a browser would provide. */
const GLOBALS: readonly (readonly [RegExp, string])[] = [
  [/^console\./, 'but a cell has another console: write import { console } from "jh-inmate"'],
  [/^(Date\.|performance\.)/, 'but a cell has no calendar: use timer of "jh-inmate"'],
  [/^(seed|Math\.random|crypto\.)/, "but a cell has no source of random numbers: seed a generator of your own"],
  [/^(process\.|trace$|Function\.|globalThis)/, "which a cell does not have"],
];

/** The rows of the imports, in their order. @throws UserError for an import that an inmate cannot have. */
export function importedIntrinsics(module: Module, arch: ImageArch): Intrinsic[] {
  const table = new Map(INTRINSICS.map((row) => [row.name, row]));
  return module.imports.map((entry) => {
    const { module: from, name, kind, type } = entry;
    const global = GLOBALS.find(([pattern]) => from === "env" && pattern.test(name));
    if (global) throw new UserError(`${module.what}: uses ${name}, ${global[1]}`);
    if (from !== "jh" || kind !== KIND.function) {
      throw new UserError(
        `${module.what}: imports "${from}" "${name}", but an inmate can import only functions of "jh" (see sdk/jh.ts)`,
      );
    }
    const row = table.get(name);
    if (!row?.arch.includes(arch))
      throw new UserError(`${module.what}: imports "jh" "${name}", which ${arch} does not have (see sdk/jh.ts)`);
    const params = row.params.map(([, t]) => WASM_TYPES[t]).join();
    const results = row.result === "void" ? "" : String(WASM_TYPES[row.result]);
    const signature = module.types[type];
    if (signature?.params.join() !== params || signature.results.join() !== results) {
      const right = `(${row.params.map(([p, t]) => `${p}: ${t}`).join(", ")}): ${row.result}`;
      throw new UserError(`${module.what}: imports "jh" "${name}" with another signature than ${name}${right}`);
    }
    return row;
  });
}
