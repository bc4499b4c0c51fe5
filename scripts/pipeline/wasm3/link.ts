/** A program for wasm3: `wasm3.bin`, which is the same for all, and the module beside it. */
import { join } from "node:path";
import { messageOf, UserError } from "../../errors.ts";
import {
  type BuildReport,
  type BuildResult,
  type Compiled,
  type LinkedProgram,
  type LinkOptions,
  writeFiles,
} from "../build.ts";
import { checkReport } from "../check-stages.ts";
import { importedIntrinsics } from "../imports.ts";
import { versionOf } from "../stages.ts";
import { parseModule } from "../wasm/module.ts";
import { writeWhole } from "../write-whole.ts";
import { inlineAccessors } from "./accessors.ts";
import { debugFile } from "./debug-file.ts";
import { engineImage } from "./engine.ts";
import { moduleImage } from "./module-image.ts";
import { wasm3Plan } from "./plan.ts";
import { enginePlatform } from "./platform.ts";
import { checkSupported } from "./supported.ts";

export async function linkWasm3(compiled: Compiled, options: LinkOptions): Promise<LinkedProgram> {
  const onStage = options.onStage ?? (() => {});
  const { name, board, cell, format, platform, checked } = compiled;
  const program = forInterpreter(compiled);
  const module = parseModule(program.wasm, compiled.entry);
  const imports = importedIntrinsics(module, platform.name);
  checkSupported(module);
  const startsCpus = imports.some((row) => row.name === "cpu_start");
  const plan = wasm3Plan(compiled, module, startsCpus);
  const engine = await engineImage(platform, onStage);
  const bytes = moduleImage(program.wasm, plan.header);
  const address = cell.resetAddress + BigInt(enginePlatform(platform).moduleOffset);
  const finish = async (): Promise<BuildResult> => {
    const report: BuildReport = {
      name,
      board: board.name,
      cell: cell.name,
      arch: board.arch,
      image: engine.bin.length,
      ram: plan.ram,
      entry: `0x${cell.resetAddress.toString(16)}`,
      floatInHandlers: true,
      checks: checkReport(checked),
      tools: { assemblyscript: versionOf("assemblyscript") },
    };
    const written = await writeFiles(compiled, options, { bin: "wasm3.bin", elf: "wasm3.elf" }, engine, report);
    const moduleFile = `${name}.wasm.img`;
    const files = { ...written.files, module: join(written.dir, moduleFile) };
    await writeWhole(files.module, bytes);
    await writeWhole(join(written.dir, `${name}.wasm.debug`), debugFile(program));
    const loads = [
      { address: cell.resetAddress, file: "wasm3.bin" },
      { address, file: moduleFile },
    ];
    return {
      name,
      board,
      cell,
      format,
      dir: written.dir,
      files,
      loads,
      module: program,
      report,
    };
  };
  return { bin: engine.bin, elf: engine.elf, module: { bytes, address, ...program }, finish };
}

/** The module that is loaded. wasm3 believes what it reads, so one of another compiler is validated. */
function forInterpreter({ file: { wasm, map }, entry }: Compiled): NonNullable<BuildResult["module"]> {
  if (map) return inlineAccessors(wasm, map, entry);
  parseModule(wasm, entry);
  try {
    new WebAssembly.Module(wasm as BufferSource);
  } catch (error) {
    throw new UserError(
      `${entry}: not a valid Wasm module: ${messageOf(error).replace(/^WebAssembly\.Module\(\): /, "")}`,
    );
  }
  return { wasm, map };
}
