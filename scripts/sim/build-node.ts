/** The simulator's copy of a project's program, from the build's cache: the part that needs Node. */
import type { InmateConfig } from "../../boards/index.ts";
import { bytesOf } from "../../boards/index.ts";
import { type BuildOptions, type Compiled, compile } from "../pipeline/build.ts";
import { cached } from "../pipeline/cache.ts";
import { codeHash, ownCode } from "../pipeline/own-code.ts";
import { versionOf } from "../pipeline/stages.ts";
import { type Program, prepare } from "./module/prepare.ts";
import { programOptions } from "./program.ts";

export interface Built extends Compiled {
  readonly program: Program;
}

/** No C compiler is needed for it. */
export async function buildProgram({ quick = false, ...options }: BuildOptions & { quick?: boolean }): Promise<Built> {
  const compiled = await compile(options);
  const { name, board, cell, settings, file } = compiled;
  const input = { ...file, name, board, cell, ...settingsOf(name, settings) };
  const plan = { ...programOptions(input), quick };
  const code = codeHash(import.meta.url, ["."]);
  const map = JSON.stringify(file.map ?? null);
  const key = [ownCode(), code, versionOf("binaryen"), file.wasm, map, JSON.stringify(plan)];
  const { bytes, facts } = await cached("sim", key, async () => {
    options.onStage?.("simulation copy");
    const { bytes: made, ...rest } = await prepare(file.wasm, file.map, plan);
    return { bytes: made, facts: Buffer.from(JSON.stringify(rest)) };
  });
  const rest = JSON.parse(Buffer.from(facts as Uint8Array).toString()) as Omit<Program, "bytes">;
  return { ...compiled, program: { ...rest, bytes: bytes as Uint8Array } };
}

function settingsOf(name: string, { stack, bits, needs }: InmateConfig) {
  return { stack: stack === undefined ? undefined : Number(bytesOf(stack, `${name}: stack`)), bits, needs };
}
