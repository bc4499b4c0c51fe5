/** Source positions of machine code, from the debug information: one frame for each function that was inlined there. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { findTool } from "../doctor/tools.ts";
import type { Position } from "./wasm/markers.ts";

export interface CodeFrame {
  /** Name in C. */
  readonly function: string;
  readonly position: Position | undefined;
}

/** As llvm-symbolizer prints it. */
interface Answer {
  Address: string;
  Symbol?: { FunctionName: string; FileName: string; Line: number; Column: number }[];
}

/** On a command line at once. */
const MOST_ADDRESSES = 2000;

/** Address → frames, innermost first. */
export async function codeFrames(file: string, addresses: readonly number[]): Promise<Map<number, CodeFrame[]>> {
  const frames = new Map<number, CodeFrame[]>();
  for (let from = 0; from < addresses.length; from += MOST_ADDRESSES) {
    const some = addresses.slice(from, from + MOST_ADDRESSES).map((address) => `0x${address.toString(16)}`);
    const options = [`--obj=${file}`, "--inlines", "--output-style=JSON"];
    const { stdout } = await promisify(execFile)(findTool("llvm-symbolizer").path, [...options, ...some], {
      maxBuffer: 1 << 28,
    });
    // Version 14 prints one object a line, later ones an array.
    const lines = stdout.split("\n").filter((line) => line.trim() !== "");
    for (const { Address, Symbol: symbols = [] } of lines.flatMap((line) => JSON.parse(line) as Answer | Answer[]))
      frames.set(Number(Address), symbols.map(frameOf));
  }
  return frames;
}

function frameOf({ FunctionName, FileName, Line, Column }: NonNullable<Answer["Symbol"]>[number]): CodeFrame {
  const file = FileName.replace(/^\.\//, "");
  return { function: FunctionName, position: Line > 0 ? { file, line: Line, column: Column } : undefined };
}
