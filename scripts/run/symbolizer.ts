import { spawnSync } from "node:child_process";
import { lookFor } from "../doctor/tools.ts";
import { functionName } from "../pipeline/names.ts";
import { callFrames } from "./call-frames.ts";
import type { Frame } from "./frame.ts";
import type { Symbolize } from "./symbols.ts";

/** Files of the runtime, and asc's start function, which calls the top level of every module. */
const RUNTIME_FILE = /^(~runtime\/|start$)/;

/** What the compiler calls for a failed assertion and the user for a panic: the report begins with its caller. */
export const RAISES = /^fault\.(abort|panic|panicEnds)$/;

/** What llvm-symbolizer prints for an address with --output-style=JSON. */
interface Answer {
  Symbol?: { FunctionName: string; FileName: string; Line: number; Column: number }[];
}

/** A frame here is followed by the address that an interrupt or exception came at, which is no return address. */
const VECTORS = /^~runtime\/[\w-]+\/vectors\.S$/;

/**
 * Names addresses by the line table of an ELF file. Without llvm-symbolizer the addresses stay as they are: a report
 * with numbers is better than none. Answers are kept, since a fault report may repeat.
 */
export function elfSymbolizer(elf: string): Symbolize {
  const known = new Map<bigint, Frame[]>();
  const keepsReturnInLink = callFrames(elf);
  let interrupted = false;
  return (addresses) => {
    const candidates = addresses.flatMap(({ address }) => [address, callBefore(address)]);
    const unknown = [...new Set(candidates)].filter((address) => !known.has(address));
    for (const [i, frames] of ask(elf, unknown).entries()) known.set(unknown[i]!, frames);
    return addresses.map(({ address, isReturn, linkOf }) => {
      // Outside of the program nothing has saved it: that is where a wild call went.
      const isWild = linkOf !== undefined && known.get(linkOf)?.length === 0;
      if (linkOf !== undefined && !isWild && !keepsReturnInLink(linkOf)) return [];
      const frames = known.get(isReturn && !interrupted ? callBefore(address) : address) ?? [];
      interrupted = frames.some(({ isInterrupt }) => isInterrupt);
      return frames.length > 0 ? frames.filter((frame) => !RAISES.test(frame.name)) : undefined;
    });
  };
}

/** Somewhere in the call instruction that returns to an address. */
function callBefore(address: bigint): bigint {
  return address > 0n ? address - 1n : address;
}

function ask(elf: string, addresses: readonly bigint[]): Frame[][] {
  const { fit, path } = lookFor("llvm-symbolizer");
  if (addresses.length === 0 || !fit || path === undefined) return addresses.map(() => []);
  const args = [
    `--obj=${elf}`,
    "--inlines",
    "--output-style=JSON",
    ...addresses.map((address) => `0x${address.toString(16)}`),
  ];
  const { stdout, status } = spawnSync(path, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const answers = status === 0 ? answersIn(stdout) : [];
  if (answers.length !== addresses.length) return addresses.map(() => []);
  return answers.map(({ Symbol: frames = [] }) => frames.filter(isKnown).map(frameOf));
}

/** Version 14 prints one object a line, later versions one array. */
function answersIn(text: string): Answer[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.flatMap((line) => JSON.parse(line) as Answer | Answer[]);
}

function isKnown({ FunctionName, FileName }: { FunctionName: string; FileName: string }): boolean {
  return FunctionName !== "" && FileName !== "";
}

function frameOf({ FunctionName, FileName, Line, Column }: NonNullable<Answer["Symbol"]>[number]): Frame {
  const file = FileName.replace(/^\.\//, "");
  // Line 0: clang has merged the code of several lines.
  const place = Line === 0 ? file : `${file}:${Line}${Column > 0 ? `:${Column}` : ""}`;
  if (VECTORS.test(file))
    return { name: "interrupt", place: "the handler above ran here", inRuntime: true, isInterrupt: true };
  return { name: functionName(FunctionName), place, inRuntime: RUNTIME_FILE.test(file) };
}
