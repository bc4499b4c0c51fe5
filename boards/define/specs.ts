/** What users write about cells, systems and boards: everything has a default but what only they can know. */
import type {
  ApicMode,
  Arch,
  CellFlag,
  ConsoleFlag,
  ConsoleType,
  IommuType,
  MemoryFlag,
  SystemFlag,
} from "../format/words.ts";
import type { CacheRegion, Iommu, PciCap, PciDevice, PortRange } from "../model.ts";
import type { Size } from "./sizes.ts";

export interface MemorySpec {
  /** Where the cell sees the memory. */
  readonly address: Size;
  /** Where it is; as `address` by default, 0 for the comm region. */
  readonly physical?: Size;
  readonly size: Size;
  readonly flags: readonly MemoryFlag[];
}

/**
 * The cell's RAM: where the image is loaded and starts. As a size alone it stays where the extended cell has it if it is
 * no bigger, else it comes from the board's memory for inmates.
 */
export type RamSpec = Size | { readonly size: Size; readonly physical?: Size; readonly address?: Size };

export interface ConsoleSpec {
  readonly type: ConsoleType;
  readonly address?: Size;
  readonly flags?: readonly ConsoleFlag[];
  readonly size?: Size;
  readonly divider?: number;
  readonly gateNr?: number;
  readonly clockReg?: Size;
}

/** A region of the real-time fork that takes only some colours of the last cache level that CPUs share. */
export interface ColoredSpec extends MemorySpec {
  /** Colour 0 is the lowest page of each period; the board's `colors` says how many there are. */
  readonly colors: readonly number[];
  /** How many there are: the size of a way of the last unified cache / 4096. By default what the board says. */
  readonly of?: number;
}

/** An entry of the file that names interrupts of one controller. */
export interface IrqchipSpec {
  /** The distributor's or, on x86, the first IOAPIC's by default. */
  readonly address?: Size;
  /** x86: IOMMU unit << 16 | the IOAPIC's requester BDF; by default that of the board's IOAPIC there. */
  readonly id?: number;
  /** The first of the 128 that the entry can name; 0 by default. */
  readonly pinBase?: number;
  readonly pins: readonly number[];
}

/** A PCI device that the cell gets; what is left out is 0 or empty. */
export interface PciSpec extends Partial<Omit<PciDevice, "bdf" | "msixAddress" | "capsStart" | "capsCount">> {
  /** "00:1b.0" */
  readonly bdf: string;
  readonly msixAddress?: Size;
  /** Devices given the same list share it in the file. */
  readonly capabilities?: readonly PciCap[];
}

/** Shared memory of several cells behind a virtual PCI device (ivshmem); its sections lie behind each other. */
export interface IvshmemLink {
  readonly bdf: string;
  readonly domain: number;
  /** Address of the state table, in every cell. */
  readonly base: Size;
  readonly stateSize: Size;
  /** The section that every peer can write; 0: there is none. */
  readonly commonSize: Size;
  /** The section that a peer alone can write; one a peer. */
  readonly outputSize: Size;
  readonly peers: number;
  readonly protocol?: PciDevice["shmemProtocol"];
  /** MSI-X vectors; 0 (the default): INTx. */
  readonly vectors?: number;
  /** Of the device's BARs; "4K" by default, "64K" where that is the page size. The fork always has 4 KiB. */
  readonly barSize?: Size;
}

/** A cell's end of a link. */
export interface IvshmemSpec {
  readonly link: IvshmemLink;
  /** The cell's number among the peers. */
  readonly id: number;
  /** Another PCI domain than the link's. */
  readonly domain?: number;
  /** Whether the root cell keeps the sections: by default it does with cells, and there is nothing to keep with itself. */
  readonly rootshared?: boolean;
  /** The peer whose output section the cell can write; its own by default. */
  readonly writes?: number | "none";
}

/** The fields of a cell that are lists: `add` puts more behind them. */
export interface CellLists {
  /** Regions in the file's order. The comm region is added behind them unless it is among them. */
  readonly memory?: readonly MemorySpec[];
  readonly colored?: readonly ColoredSpec[];
  /** Arm: GIC interrupt IDs (SPI n is ID n + 32); SGIs and PPIs need no mention. x86: inputs of the first IOAPIC. */
  readonly interrupts?: readonly number[];
  /** Entries of the file that `interrupts` cannot say; they follow those that it makes. */
  readonly irqchips?: readonly IrqchipSpec[];
  readonly pci?: readonly PciSpec[];
  /** Lists of capabilities that come first in the file, where that is not the devices' order or no device has them. */
  readonly pciCaps?: readonly (readonly PciCap[])[];
  /** Their regions come first in the cell's memory, their devices last on its PCI bus. */
  readonly ivshmem?: readonly IvshmemSpec[];
  readonly ports?: readonly PortRange[];
  readonly caches?: readonly CacheRegion[];
  readonly streamIds?: readonly number[];
  /**
   * Devices that the file carries at its end and does not count: nobody sees them. Of a link, the regions come first in
   * the cell's memory all the same.
   */
  readonly trailingPci?: readonly (PciSpec | IvshmemSpec)[];
}

export interface CellSpec extends CellLists {
  /** What comes to the extended cell's lists, whereas a list given directly takes their place. */
  readonly add?: CellLists;
  /** The file's architecture; the board's by default. */
  readonly arch?: Arch;
  /** The name under which Jailhouse lists it; up to 31 characters. */
  readonly name?: string;
  /** Linux' logical CPU numbers. */
  readonly cpus?: readonly number[];
  /**
   * A list sets the flags; `{ "passive-commreg": false }` changes single ones. By default "passive-commreg" alone: a
   * cell that takes the hypervisor's messages and does not answer hangs the root cell.
   */
  readonly flags?: readonly CellFlag[] | Readonly<Partial<Record<CellFlag, boolean>>>;
  readonly ram?: RamSpec;
  /** One of the board's two (by default "inmate"), "none", or another one. */
  readonly console?: "inmate" | "debug" | "none" | ConsoleSpec;
  /** Arm: interrupt ID of the virtual PCI bus' INTA; INTB to INTD follow it. */
  readonly pciInterrupt?: number;
  /** Where the first CPU starts, cell address; 0 by default. */
  readonly resetAddress?: Size;
  /** Loop iterations that the hypervisor waits for a reply; 0 (the default): for ever. */
  readonly replyTimeout?: Size;
}

export interface SystemSpec {
  readonly flags?: readonly SystemFlag[];
  readonly hypervisorMemory: { readonly physical: Size; readonly size: Size };
  readonly debugConsole?: "debug" | "none" | ConsoleSpec;
  readonly pci?: {
    readonly mmconfigBase: Size;
    readonly endBus?: number;
    readonly virtual?: boolean;
    readonly domain?: number;
  };
  readonly iommus?: readonly (Pick<Iommu, "amd"> & {
    readonly type: IommuType;
    readonly base: Size;
    readonly size: Size;
    readonly pvu?: { readonly tlbBase: Size; readonly tlbSize: Size };
  })[];
  readonly x86?: {
    readonly pmTimer: number;
    readonly apicMode?: ApicMode;
    readonly vtdInterruptLimit?: number;
    readonly tscKhz?: number;
    readonly apicKhz?: number;
  };
  /** The cell that Linux runs in: no flags, no console and no comm region unless given. */
  readonly root: CellSpec;
}

/** The board's interrupt controller; addresses that its version does not have are left out. */
export interface GicSpec {
  readonly version: 2 | 3;
  /** GICD */
  readonly distributor: Size;
  /** GICR, version 3 */
  readonly redistributors?: Size;
  /** GICC, GICH, GICV, version 2 */
  readonly cpuInterface?: Size;
  readonly hypervisorInterface?: Size;
  readonly virtualInterface?: Size;
  /** Interrupt ID by which the GIC calls the hypervisor; 25 by default, as on every board known. */
  readonly maintenanceInterrupt?: number;
}

export interface Device {
  readonly address: bigint;
  readonly size: bigint;
  /** Arm: GIC interrupt ID. */
  readonly interrupt?: number;
}

export interface IoapicSpec {
  readonly address: Size;
  /** IOMMU unit << 16 | the IOAPIC's requester BDF */
  readonly id: number;
}

/** How QEMU emulates the board. */
export interface QemuMachine {
  /** The program, "qemu-system-aarch64". */
  readonly program: string;
  readonly machine: string;
  /** Options of the machine, as `-machine NAME,KEY=VALUE,…` takes them. */
  readonly machineOptions: Readonly<Record<string, string>>;
  readonly cpu: string;
  /** How many CPUs the root cell expects. */
  readonly cpus: number;
  /** RAM, bytes. */
  readonly memory: { readonly address: bigint; readonly size: bigint };
}

/** What of a board's configurations is different in the real-time fork. */
export interface RtSpec<Cell extends string, RtCell extends string> {
  /** Given fields replace the system's; `root` is a layer over its root cell. */
  readonly system?: Partial<SystemSpec>;
  /** Further system files by file name, each a layer over the fork's system. */
  readonly systems?: Readonly<Record<string, Partial<SystemSpec>>>;
  /**
   * By file name: a layer over mainline's cell of that name (or, with `extend`, over that one), or a cell that only the
   * fork has; false: it has no such cell.
   */
  readonly cells?: Readonly<Record<RtCell, (CellSpec & { readonly extend?: NoInfer<Cell | RtCell> }) | false>>;
}

export interface BoardSpec<Cell extends string, RtCell extends string = never> {
  /** Upstream's name, by which `--board` finds it. */
  readonly name: string;
  readonly arch: Arch;
  /** What it is, in one line. */
  readonly title: string;
  /** What is known about the board beyond its data, a sentence each. */
  readonly notes?: readonly string[];
  /** The hypervisor's and root's UART, and the inmates' (which may be the same). */
  readonly consoles: { readonly debug: ConsoleSpec; readonly inmate: ConsoleSpec };
  /** On arm and arm64. */
  readonly gic?: GicSpec;
  /** On x86; `interrupts` are inputs of the first. */
  readonly ioapics?: readonly IoapicSpec[];
  /** Colours of the last cache level that CPUs share: the size of a way / 4096. */
  readonly colors?: number;
  /** Counter rate in Hz where it is known, and what there is to know about it. */
  readonly timer: { readonly hz?: number; readonly note: string };
  /**
   * Memory that Linux does not use, the root cell covers and no stock inmate takes: cells with more RAM get it here. Where
   * all else is taken it may be a Linux demo's, which then does not run beside them; the board's notes say so. Absent: the
   * board has none to spare.
   */
  readonly inmateMemory?: { readonly physical: Size; readonly size: Size };
  /** What the root cell's Linux is booted with. */
  readonly kernelArguments: readonly string[];
  readonly devices: Readonly<Record<string, Device>>;
  readonly qemu?: QemuMachine;
  /** false: only the real-time fork has the board, and `system` and `cells` are its. */
  readonly mainline?: false;
  readonly system: SystemSpec;
  /** By file name, without ".cell". A cell may extend one that stands above it. */
  readonly cells: Readonly<Record<Cell, CellSpec & { readonly extend?: NoInfer<Cell> }>>;
  /** The real-time fork's configurations; `{}`: as in mainline. Absent: it does not have the board. */
  readonly rt?: RtSpec<NoInfer<Cell>, RtCell>;
  /** The stock cell that an inmate gets if it asks for none; absent where there is none. */
  readonly inmateCell?: NoInfer<Cell>;
}
