/** What the kernel driver and the hypervisor would say (jailhouse-abi 2, 7.2): which cells there are, and what is refused. */
import type { Board, CellConfig, FormatName, SystemConfig } from "../../boards/index.ts";
import type { Configuration } from "../pipeline/configuration.ts";
import { loadInto } from "../run/cellbox-machine.ts";
import { Refusal } from "./errno.ts";
import { type Listener, type Load, ShellCell } from "./shell-cell.ts";

/** A row of `cell list`. */
export interface Row {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly cpus: readonly number[];
  readonly failedCpus: readonly number[];
}

/** What the session is on. */
export interface Machine {
  /** Name of the only board that there is; undefined: the one that is enabled. */
  readonly board?: string | undefined;
  readonly tscDeadline?: boolean | undefined;
}

interface Enabled {
  readonly board: Board;
  readonly system: SystemConfig;
  readonly format: FormatName;
}

export class Hypervisor {
  #enabled: Enabled | undefined;
  #cells: ShellCell[] = [];
  #log: string[] = [];
  readonly #listener: Listener;
  readonly #machine: Machine;

  constructor(output: Listener["output"], machine: Machine) {
    this.#machine = machine;
    this.#listener = { output, log: (line) => void this.#log.push(line) };
  }

  get format(): FormatName | undefined {
    return this.#enabled?.format;
  }

  enable({ kind, config, board, format, file }: Configuration): void {
    if (this.#enabled) throw new Refusal("EBUSY", "Jailhouse is enabled already: jailhouse disable");
    if (kind !== "system") throw new Refusal("EINVAL", `${file} is a cell: enable takes the system's configuration`);
    if (!board) throw new Refusal("EINVAL", `${file} is for no board that is emulated here`);
    const { board: only } = this.#machine;
    if (only !== undefined && board.name !== only) {
      throw new Refusal("EINVAL", `${file} is for ${board.name}, this machine is a ${only}`);
    }
    this.#enabled = { board, system: config as SystemConfig, format };
    this.#log.push("Initializing Jailhouse hypervisor (emulated by cellbox)", "Activating hypervisor");
  }

  /** Destroys all cells first, the oldest first; at one that refuses it ends, and Jailhouse stays. */
  async disable(): Promise<void> {
    this.#needEnabled();
    for (const cell of [...this.#cells]) await this.#destroy(cell);
    this.#enabled = undefined;
    this.#log.push("Shutting down hypervisor");
  }

  create({ kind, config, format, file }: Configuration): ShellCell | undefined {
    const { board, system, format: its } = this.#needEnabled();
    if (kind !== "cell" || format !== its) {
      const what =
        kind !== "cell" ? "a system's configuration" : `of the ${format} format, the hypervisor takes ${its}`;
      throw new Refusal("EINVAL", `${file} is ${what}`);
    }
    const cell = config as CellConfig;
    if (cell.arch !== system.arch) {
      this.#log.push(
        `(${file} is for ${cell.arch}, the board is ${system.arch}: Jailhouse reports success and creates nothing)`,
      );
      return undefined;
    }
    // In the driver's order: what it refuses by itself comes before what the hypervisor refuses.
    if (this.#named(cell.name)) throw new Refusal("EEXIST", `there is a cell ${cell.name} already`);
    const free = this.#rootCpus();
    const missing = cell.cpus.find((cpu) => !free.includes(cpu));
    if (missing !== undefined) throw new Refusal("EBUSY", `CPU ${missing} is not the root cell's now`);
    if (system.arch === "x86" && cell.cpus.includes(0)) throw new Refusal("EINVAL", "on x86 root keeps CPU 0");
    this.#refuseIfLocked();
    const id = Math.max(0, ...this.#cells.map((other) => other.id)) + 1;
    const { tscDeadline } = this.#machine;
    const created = new ShellCell(id, { board, config: cell, format, file, tscDeadline }, this.#listener);
    this.#cells.push(created);
    this.#log.push(`Created cell "${cell.name}"`);
    return created;
  }

  /** Asks it to shut down, then makes its memory loadable; without loads that is `cell shutdown`. */
  async load(cell: ShellCell, loads: readonly Load[]): Promise<void> {
    await this.#stop(cell);
    for (const { address, bytes } of loads) {
      if (!loadInto(cell.config, address, bytes.length).fits)
        throw new Refusal(
          "EINVAL",
          `${bytes.length} bytes at 0x${address.toString(16)} lie in no loadable region of cell ${cell.name} as a whole`,
        );
    }
    this.#log.push(`Cell "${cell.name}" can be loaded`);
    if (loads.length > 0) cell.load(loads);
  }

  async start(cell: ShellCell): Promise<void> {
    await this.#stop(cell);
    await cell.start();
    this.#log.push(`Started cell "${cell.name}"`);
  }

  async destroy(cell: ShellCell): Promise<void> {
    await this.#destroy(cell);
  }

  /** By id or name, as the tool's command line has it. */
  find(which: number | string): ShellCell {
    this.#needEnabled();
    if (which === 0) throw new Refusal("EINVAL", "that is the root cell, Linux itself");
    const cell = typeof which === "number" ? this.#cells.find(({ id }) => id === which) : this.#named(which);
    if (cell) return cell;
    const names = this.#cells.map(({ id, name }) => `${id} ${name}`).join(", ");
    throw new Refusal("ENOENT", names === "" ? "there is no cell yet: jailhouse cell create" : `cells are ${names}`);
  }

  /** In the order of the files in sysfs, which is alphabetical. */
  list(): Row[] {
    if (!this.#enabled) return [];
    const root = {
      id: 0,
      name: this.#enabled.system.rootCell.name,
      state: "running",
      cpus: this.#rootCpus(),
      failedCpus: [],
    };
    const rows = this.#cells.map(({ id, name, state, config, failedCpus }) => ({
      id,
      name,
      state,
      cpus: config.cpus,
      failedCpus,
    }));
    return [root, ...rows].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  }

  /** What the hypervisor has said since it was asked last. */
  log(): string[] {
    this.#needEnabled();
    return this.#log.splice(0);
  }

  /** The session ends, whatever runs. */
  close(): void {
    for (const cell of this.#cells) cell.destroy();
  }

  async #destroy(cell: ShellCell): Promise<void> {
    this.#refuseIfLocked(cell);
    await this.#stop(cell);
    cell.destroy();
    this.#cells = this.#cells.filter((other) => other !== cell);
    this.#log.push(`Closing cell "${cell.name}"`);
  }

  async #stop(cell: ShellCell): Promise<void> {
    if (await cell.shutdown()) return;
    throw new Refusal("EPERM", `cell ${cell.name} refuses to shut down`);
  }

  #refuseIfLocked(but?: ShellCell): void {
    const locked = this.#cells.find((cell) => cell !== but && cell.state === "running/locked");
    if (locked)
      throw new Refusal(
        "EPERM",
        `cell ${locked.name} has locked the configuration: jailhouse cell shutdown ${locked.name}`,
      );
  }

  #rootCpus(): number[] {
    const taken = this.#cells.flatMap(({ config }) => config.cpus);
    return (this.#enabled?.system.rootCell.cpus ?? []).filter((cpu) => !taken.includes(cpu));
  }

  #named(name: string): ShellCell | undefined {
    return this.#cells.find((cell) => cell.name === name);
  }

  #needEnabled(): Enabled {
    if (this.#enabled) return this.#enabled;
    throw new Refusal("EINVAL", "Jailhouse is not enabled: jailhouse enable SYSTEM.cell");
  }
}
