/**
 * Runs a scenario in the simulator: demos/latency on CPU 0 is the victim, demos/mem-bomb in the real-time fork's own cells the bombs, which
 * are ordered about by their control pages as root does it on a board.
 */
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { packageRoot } from "../../root.ts";
import { type Built, buildProgram } from "../../sim/build-node.ts";
import { type MemoryOptions, Simulator } from "../../sim/index.ts";
import { BOMB, commandBits, MOST_BYTES } from "../bomb-control.ts";
import type { Scenario } from "./scenarios.ts";

export const BOARD = "zynqmp-zcu102";

export interface Result {
  readonly scenario: Scenario;
  /** Bytes that the victim works on, and the loads that were measured. */
  readonly size: number;
  readonly loads: number;
  /** ns that a load took on average, and all of them. */
  readonly loadNs: number;
  readonly runNs: number;
  /** Times as long as alone. */
  readonly slowdown: number;
  /** Of all of the victim's run, its preparation included. */
  readonly victimRefills: number;
  /** MB/s that all bombs together have read and written. */
  readonly bombReads: number;
  readonly bombWrites: number;
}

export interface Programs {
  readonly victim: Built;
  readonly coloredVictim: Built;
  readonly bombs: readonly { readonly plain: Built; readonly colored: Built }[];
}

/** The bomb's control page, cell address. */
const CONTROL = 0x500000;
/** Virtual ms between two looks, and after which something must be wrong. */
const STEP = 0.25;
const LONGEST = 60_000;

export async function buildPrograms(bombs: number, onStage: (name: string) => void): Promise<Programs> {
  const demo = (name: string, cell?: string) =>
    buildProgram({ source: join(packageRoot, "demos", name), board: BOARD, cell, onStage });
  const all: Programs["bombs"][number][] = [];
  for (let n = 0; n < bombs; n++) {
    const cell = `${BOARD}-bomb${n}`;
    all.push({ plain: await demo("mem-bomb", cell), colored: await demo("mem-bomb", `${cell}-col`) });
  }
  const colored = join(packageRoot, "demos/latency/colored/cell.ts");
  return { victim: await demo("latency"), coloredVictim: await demo("latency", colored), bombs: all };
}

export function runScenario(
  programs: Programs,
  scenario: Scenario,
  { size, loads, memory = {} }: { readonly size: number; readonly loads: number; readonly memory?: MemoryOptions },
): Omit<Result, "slowdown"> {
  const { colors } = scenario;
  const args = `smallest=${size} largest=${size} loads=${loads}`;
  const victim = start(colors ? programs.coloredVictim : programs.victim, args, memory);
  const bombs = programs.bombs.slice(0, scenario.bombs).map((built) => {
    const bomb = start(colors ? built.colored : built.plain, "", memory);
    victim.link(bomb);
    bomb.memory.write32(CONTROL + BOMB.size, MOST_BYTES);
    bomb.memory.write32(CONTROL + BOMB.budget, scenario.budget);
    const command = commandBits({ enable: true, reads: true, writes: true, verbose: false });
    bomb.memory.write32(CONTROL + BOMB.command, command);
    return bomb;
  });
  while (!victim.hasEnded && victim.now < LONGEST) victim.advance(STEP);
  const loadNs = Number(/^ +\d+ KiB +(\d+\.\d)$/.exec(victim.lines[1] ?? "")?.[1]);
  if (!(loadNs > 0))
    throw new UserError(
      `the victim has measured nothing: give --size what its cell has room for, 4K to 4M`,
      victim.console,
    );
  const sum = (name: "readBytes" | "writtenBytes") => bombs.reduce((all, bomb) => all + countsOf(bomb)[name], 0);
  const perSecond = (bytes: number) => bytes / victim.now / 1000;
  return {
    ...{ scenario, size, loads, loadNs, runNs: Math.round(loadNs * loads) },
    victimRefills: countsOf(victim).l2Refills,
    bombReads: perSecond(sum("readBytes")),
    bombWrites: perSecond(sum("writtenBytes")),
  };
}

function start({ program, board, cell, format }: Built, args: string, memory: MemoryOptions): Simulator {
  return new Simulator({ program, board, cell, format, args, memory });
}

function countsOf(sim: Simulator) {
  const [counts] = sim.memoryCounts.values();
  return counts!;
}
