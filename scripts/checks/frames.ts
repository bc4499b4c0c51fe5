/** Blocks that are open while a body is traced. */
import { type Body, forEachInstruction, type Module } from "../pipeline/wasm/module.ts";
import { type Dependencies, NO_DEPENDENCIES, type Value } from "./values.ts";

export interface Loop {
  readonly offset: number;
  /** The loop around it. */
  readonly parent: number | undefined;
  /** It can be left. */
  hasExit: boolean;
  /** What decides whether it goes on. */
  decides: Dependencies;
}

export interface Frame {
  readonly kind: "function" | "block" | "loop" | "if";
  /** Of the stack, without the block's parameters. */
  readonly height: number;
  readonly results: number;
  /** Locals at the beginning. */
  readonly locals: readonly Value[];
  /** Index of the innermost loop inside the block. */
  readonly loop: number | undefined;
  reachableBefore: boolean;
  /** Of an if. */
  condition: Dependencies;
  /** Loops that a branch in this block continues or leaves. */
  readonly decides: Set<number>;
  constant: number | undefined;
  thenEnd: { readonly reachable: boolean; readonly locals: readonly Value[] } | undefined;
  /** Locals that it sets, and on what the values depend. */
  readonly assigned: Map<number, Dependencies>;
  values: Value[];
  /** A branch leads here. */
  isTarget: boolean;
}

export function openFrame(
  kind: Frame["kind"],
  height: number,
  results: number,
  locals: readonly Value[],
  loop: number | undefined,
): Frame {
  return {
    ...{ kind, height, results, locals, loop },
    reachableBefore: true,
    condition: NO_DEPENDENCIES,
    decides: new Set(),
    constant: undefined,
    thenEnd: undefined,
    assigned: new Map(),
    values: [],
    isTarget: false,
  };
}

const BLOCK = 0x02;
const LOOP = 0x03;
const IF = 0x04;
const END = 0x0b;
const LOCAL_SET = 0x21;
const LOCAL_TEE = 0x22;

/** Offset of each loop → the locals that are set in it. */
export function localsSetInLoops(module: Module, body: Body): Map<number, Set<number>> {
  const loops = new Map<number, Set<number>>();
  const open: (Set<number> | undefined)[] = [];
  forEachInstruction(module, body, (opcode, offset, r) => {
    if (opcode === BLOCK || opcode === IF) open.push(undefined);
    else if (opcode === LOOP) {
      const set = new Set<number>();
      loops.set(offset, set);
      open.push(set);
    } else if (opcode === END) open.pop();
    else if (opcode === LOCAL_SET || opcode === LOCAL_TEE) {
      const local = r.u32();
      for (const set of open) set?.add(local);
    }
  });
  return loops;
}
