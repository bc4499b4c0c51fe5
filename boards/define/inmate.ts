/** `defineInmate`: the settings of a program, in its jh-inmate.config.ts. */
import { UserError } from "../../scripts/errors.ts";
import { parseBdf } from "../pci-address.ts";
import { type CellDefinition, isCellDefinition } from "./cell.ts";
import { checkKeys, checkList, checkWord } from "./checks.ts";
import { bytesOf, type Size } from "./sizes.ts";

/** What a program needs of whatever cell it is put into; a build refuses one that lacks it. */
export interface InmateNeeds {
  /** By default 1. */
  readonly cpus?: number;
  /** A console: without one the program is of no use. */
  readonly console?: boolean;
  /** As the cell counts them: interrupt IDs of the GIC (SPIs), inputs of the IOAPIC. */
  readonly interrupts?: readonly number[];
  /** Registers and memory at fixed addresses. */
  readonly memory?: readonly {
    /** What it is, "the second UART". */
    readonly name: string;
    /** Cell address. */
    readonly address: Size;
    readonly size: Size;
    /** By default it is written, too. */
    readonly readOnly?: boolean;
  }[];
  /** PCI devices, "00:1b.0". */
  readonly pci?: readonly string[];
  /** A link of shared memory with another cell. */
  readonly ivshmem?: boolean;
}

export interface InmateConfig {
  /** Base name of the files that are built; the folder's by default. */
  readonly name?: string;
  /** Name of the board it is for unless `--board` says otherwise. */
  readonly board?: string;
  /** The program, from the folder of the config; "main.ts" by default. */
  readonly entry?: string;
  /** The cell or, one a board, the cells; by default those of cell.ts, else the board's stock inmate cell. */
  readonly cell?: CellDefinition | readonly CellDefinition[];
  readonly needs?: InmateNeeds;
  /** Size of the main stack. */
  readonly stack?: Size;
  /**
   * "stub" (the default) never frees memory; with "minimal" the program collects garbage by calling `__collect()` at top level. Handlers
   * allocate nothing with either.
   */
  readonly runtime?: "stub" | "minimal";
  /** "fast" (the default) may drop a load whose value nobody uses; "precise" has WebAssembly's semantics to the letter. */
  readonly traps?: "fast" | "precise";
  /** 32: code for the 32-bit mode of an x86 board; 64, the default, for the full width of the board's CPUs. */
  readonly bits?: 32 | 64;
  /** What the compiler prefers: fast code or small code. */
  readonly optimize?: "speed" | "size";
  /** "aot" (the default): machine code of its own; "wasm3": interpreted, without a C compiler. */
  readonly engine?: "aot" | "wasm3";
  /** For engine "wasm3". */
  readonly wasm3?: {
    /** Calls and turns of loops that an interrupt handler may take before it is stopped as a fault; no limit by default. */
    readonly fuel?: number;
  };
}

/**
 * The settings as they are given.
 * @throws UserError that names the field for whatever cannot be.
 */
export function defineInmate(config: InmateConfig): InmateConfig {
  const where = "defineInmate";
  checkKeys(
    config,
    ["name", "board", "entry", "cell", "needs", "stack", "runtime", "traps", "bits", "optimize", "engine", "wasm3"],
    where,
  );
  const { name, board, entry, cell, needs, stack, runtime, traps, bits, optimize, engine, wasm3 } = config;
  if (name !== undefined && !/^[\w][\w.-]*$/.test(name)) {
    throw new UserError(`${where}: name "${name}" names files; write letters, digits, ".", "_" and "-"`);
  }
  if (board !== undefined && typeof board !== "string") {
    throw new UserError(`${where}: board is not a name; write for example board: "qemu-arm64"`);
  }
  if (entry !== undefined && (typeof entry !== "string" || !/\.(ts|wasm|wat)$/.test(entry))) {
    throw new UserError(`${where}: entry "${entry}" is no program; write the path of a .ts, .wasm or .wat file`);
  }
  if (cell !== undefined && ![cell].flat().every(isCellDefinition)) {
    throw new UserError(`${where}: cell is no cell; write cell: defineCell({ board: … })`);
  }
  if (needs !== undefined) checkNeeds(needs, `${where}: needs`);
  if (stack !== undefined && bytesOf(stack, `${where}: stack`) < 1024n) {
    throw new UserError(`${where}: a stack of ${stack} bytes is too small; write at least "1K"`);
  }
  if (String(runtime) === "incremental") {
    throw new UserError(
      `${where}: runtime "incremental" collects in the middle of whatever allocates, which interrupt handlers do not survive; write "stub" or "minimal"`,
    );
  }
  if (runtime !== undefined) checkWord(runtime, ["stub", "minimal"], `${where}: runtime`);
  if (traps !== undefined) checkWord(traps, ["fast", "precise"], `${where}: traps`);
  if (bits !== undefined && bits !== 32 && bits !== 64) {
    throw new UserError(`${where}: bits is ${bits}; write 32 or 64`);
  }
  if (optimize !== undefined) checkWord(optimize, ["speed", "size"], `${where}: optimize`);
  if (engine !== undefined) checkWord(engine, ["aot", "wasm3"], `${where}: engine`);
  if (wasm3 !== undefined) checkWasm3(wasm3, `${where}: wasm3`);
  return config;
}

function checkWasm3(wasm3: NonNullable<InmateConfig["wasm3"]>, where: string): void {
  checkKeys(wasm3, ["fuel"], where);
  const { fuel } = wasm3;
  if (fuel !== undefined && !(Number.isInteger(fuel) && fuel > 0 && fuel < 2 ** 32))
    throw new UserError(`${where}: fuel: ${fuel} is no number of steps; write a whole number above 0`);
}

function checkNeeds(needs: InmateNeeds, where: string): void {
  checkKeys(needs, ["cpus", "console", "interrupts", "memory", "pci", "ivshmem"], where);
  const { cpus = 1, interrupts = [], memory = [], pci = [] } = needs;
  if (!Number.isInteger(cpus) || cpus < 1) throw new UserError(`${where}: cpus: ${cpus} is no number of CPUs`);
  checkList(interrupts, "interrupt numbers", `${where}: interrupts`);
  checkList(memory, "{ name, address, size }", `${where}: memory`);
  for (const [index, { address, size }] of memory.entries()) {
    bytesOf(address, `${where}: memory[${index}].address`);
    bytesOf(size, `${where}: memory[${index}].size`);
  }
  checkList(pci, "PCI addresses", `${where}: pci`);
  for (const bdf of pci) {
    if (parseBdf(bdf) === undefined) {
      throw new UserError(`${where}: pci: "${bdf}" is no PCI address; write bus, device and function like "00:1b.0"`);
    }
  }
}
