import { functionName } from "../pipeline/names.ts";
import type { Position, SourceMap } from "../pipeline/wasm/markers.ts";
import { positionsByOffset } from "../pipeline/wasm/markers.ts";
import { parseModule } from "../pipeline/wasm/module.ts";
import { functionNames } from "../pipeline/wasm/names.ts";
import { ENGINE_STACKS } from "../pipeline/wasm3/platform.ts";
import type { Frame } from "./frame.ts";
import type { Hints } from "./hints.ts";
import { RAISES } from "./symbolizer.ts";
import type { SymbolAddress, Symbolize } from "./symbols.ts";

/** What wasm3 gives in place of an offset (runtime/wasm3/backtrace.c). */
const INTERRUPT_MARK = 0xffffffffn;
const NATIVE_MARK = 0x80000000n;

/** asc's start function and ours, which call the top level of every module. */
const START = /^(~start|start:jh-entry)$/;

const kib = (bytes: number) => `${bytes / 1024}`;
const { handler, cpu } = ENGINE_STACKS;
const HINTS: Hints = [
  [/^stack overflow in the main/, 'look at functions that call themselves; or set stack: "64K" in jh-inmate.config.ts'],
  [
    /^stack overflow in an interrupt/,
    `with wasm3 handlers have ${kib(handler)} KiB: look at functions that call themselves`,
  ],
  [
    /^stack overflow on a further CPU/,
    `with wasm3 further CPUs have ${kib(cpu)} KiB: look at functions that call themselves`,
  ],
  [
    /^the interrupt handler has used up its fuel/,
    "look at its loops; or set wasm3: { fuel: N } in jh-inmate.config.ts",
  ],
];

interface Span {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Names offsets into a module by its source map; without one, functions are all there is to tell. */
export function wasmSymbolizer(wasm: Uint8Array, map: SourceMap | undefined): Symbolize {
  const module = parseModule(wasm, "the module");
  const names = functionNames(module);
  const imported = module.imports.filter(({ kind }) => kind === 0).length;
  const functions = module.bodies.map(
    ({ start, end }, i): Span => ({ name: names.get(imported + i) ?? "", start, end }),
  );
  const positions = [...positionsByOffset(map)].sort(([a], [b]) => a - b);
  const inlined = new Map(map?.inlined?.map(([offset, name, call]) => [offset, { name, call }]));
  return Object.assign((addresses: readonly SymbolAddress[]) => addresses.map(({ address }) => framesAt(address)), {
    hints: HINTS,
  });

  function framesAt(address: bigint): Frame[] | undefined {
    if (address === INTERRUPT_MARK)
      return [{ name: "interrupt", place: "the handler above ran here", inRuntime: true, isInterrupt: true }];
    if (address >= NATIVE_MARK)
      return [{ name: "wasm3", place: `0x${(address - NATIVE_MARK).toString(16)} in wasm3.bin`, inRuntime: true }];
    const offset = Number(address);
    const found = functions.find(({ start, end }) => offset >= start && offset < end);
    if (!found) return undefined;
    const name = functionName(found.name);
    if (RAISES.test(name)) return [];
    const [at = 0, position] = positionIn(found, offset) ?? [];
    // What asc makes by itself, a field's getter, has no line: what calls it is to be looked at.
    if (map && !position) return [];
    const inRuntime = START.test(found.name);
    const within = inlined.get(at);
    if (position && within) {
      const inner = { name: functionName(within.name), place: placeOf(position), inRuntime: false };
      return [inner, { name, place: placeOf(within.call), inRuntime }];
    }
    return [{ name, place: position ? placeOf(position) : `offset 0x${offset.toString(16)}`, inRuntime }];
  }

  /** That of the last instruction at or before the offset; before its first one a function has done nothing yet. */
  function positionIn({ start, end }: Span, offset: number): [offset: number, position: Position] | undefined {
    const own = positions.filter(([at]) => at >= start && at < end);
    return own.findLast(([at]) => at <= offset) ?? own[0];
  }
}

function placeOf({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}
