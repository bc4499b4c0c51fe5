import { writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { CellDefinition, SystemDefinition } from "../../boards/config.ts";
import { encodeCell, encodeSystem } from "../../boards/index.ts";
import { UserError } from "../errors.ts";
import { notYet } from "./args.ts";
import { command } from "./command.ts";

/** Subcommands of the design that this version does not have. */
const LATER = ["show", "check", "diff"];

export default command({
  description:
    "Writes the .cell file of a cell or system in TypeScript: FILE's default export by defineCell or defineSystem.",
  operands: "build FILE",
  mostOperands: 2,
  args: {
    out: { type: "string", alias: "o", valueHint: "X.cell", description: "the file to write (default: beside FILE)" },
    format: { type: "string", valueHint: "FORMAT", description: "mainline (the default)" },
    all: { type: "boolean", description: "not available in this version" },
  },
  run: async ({ _: [action, file], out, format = "mainline", all }) => {
    if (all) notYet("config build --all");
    if (format === "rt") notYet("--format rt");
    if (format !== "mainline") throw new UserError(`--format ${format} is unknown: leave it out, or give mainline`);
    if (action !== undefined && LATER.includes(action)) notYet(`config ${action}`);
    if (action !== "build" || file === undefined)
      throw new UserError("config needs what to do: jh-inmate config build FILE");
    const bytes = await encode(file);
    const target = out ?? defaultTarget(file);
    await writeFile(target, bytes);
    process.stdout.write(`${bytes.length} bytes  ${relative(".", target)}\n`);
    return 0;
  },
});

/** The .cell file of what FILE exports. */
async function encode(file: string): Promise<Uint8Array> {
  const { loadDefault } = await import("../pipeline/load.ts");
  const [value, ...more] = [await loadDefault(file)].flat() as (CellDefinition | SystemDefinition | undefined)[];
  if (more.length > 0) throw new UserError(`${file} exports several cells: write each into a file of its own`);
  if (value?.kind === "cell definition") return encodeCell(value.cell);
  if (value?.kind === "system definition") return encodeSystem(value.system);
  throw new UserError(`${file}: the default export is no configuration; write "export default defineCell({ … })"`);
}

/** X.ts becomes X.cell, cell.ts takes the name of its folder, as `build` does. */
function defaultTarget(file: string): string {
  const dir = dirname(resolve(file));
  const base = basename(file).replace(/\.[cm]?[jt]s$/, "");
  return join(dir, `${base === "cell" ? basename(dir) : base}.cell`);
}
