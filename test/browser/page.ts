/** Runs in a browser: simulates a program that the test gives, and says what it saw. */
import { findBoard } from "../../boards/index.ts";
import { type Program, programOf, Simulator } from "../../scripts/sim/index.ts";

export interface Given {
  readonly wasm: readonly number[];
  readonly map: Parameters<typeof programOf>[0]["map"];
  readonly board: string;
  readonly ms: number;
}
export interface Seen {
  readonly console: string;
  readonly state: string;
  readonly trace: string;
}

async function simulate({ wasm, map, board: name, ms }: Given): Promise<Seen> {
  const board = findBoard(name);
  const cell = board.cells[board.inmateCell as string];
  if (!cell) throw new Error(`${name} has no inmate cell`);
  const program: Program = await programOf({ wasm: Uint8Array.from(wasm), map, board, cell });
  const sim = new Simulator({ program, board, cell, jitter: { max: 5000 } });
  sim.advance(ms);
  return { console: sim.console, state: sim.state, trace: JSON.stringify(sim.trace) };
}

Object.assign(globalThis, { simulate });
