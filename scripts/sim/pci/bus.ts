/** The PCI functions of a cell, made from its configuration. */

import { shmemProtocols } from "../../../boards/format/words.ts";
import type { CellConfig, MemoryRegion, PciDevice } from "../../../boards/index.ts";
import { parseBdf } from "../../../boards/pci-address.ts";
import { UserError } from "../../errors.ts";
import type { Bus, Clock } from "../device.ts";
import { AssignedFunction } from "./assigned.ts";
import { Configuration } from "./configuration.ts";
import { E1000 } from "./e1000.ts";
import type { Messages, Window } from "./function.ts";
import type { Hardware } from "./hardware.ts";
import { Ivshmem, type IvshmemSpec } from "./ivshmem.ts";
import type { Link, Links } from "./link.ts";
import { hardwareOf } from "./models.ts";

export interface PciHost {
  readonly cell: CellConfig;
  /** The board's name. */
  readonly board: string;
  readonly clock: Clock;
  /** The cell's memory, for devices. */
  readonly bus: Bus;
  readonly messages: Messages;
  readonly links: Links;
  /** Raises INTA to INTD, 1 to 4. */
  raisePin(pin: number): void;
  /** Stores 32 bits at an address of the cell's memory, whether the cell may write it or not. */
  store(address: number, value: number): void;
}

const BYTES_A_STATE = 4;

export class PciBus {
  readonly configuration: Configuration;
  /** Registers of the machine's functions, at physical addresses. */
  readonly bars: readonly Window[];
  readonly ivshmem: readonly Ivshmem[];
  readonly #hardware: readonly Hardware[];
  readonly #assigned: readonly AssignedFunction[];

  /** @throws UserError if the machine lacks a function, or the link has the peer already. */
  constructor(host: PciHost) {
    const { cell } = host;
    const isShared = ({ type }: PciDevice) => type === "ivshmem";
    const hardware = cell.pciDevices
      .filter((entry) => !isShared(entry))
      .map((entry) => ({ entry, hardware: hardwareOf(entry, cell, host.board, { ...host, cable: host.links.cable }) }));
    this.#hardware = hardware.map((each) => each.hardware);
    this.#assigned = hardware.map(
      ({ entry, hardware }) => new AssignedFunction(entry, cell.pciCaps, hardware, host.messages),
    );
    this.bars = hardware.flatMap(({ hardware }) =>
      hardware.model.bars.map(({ size }, i) => ({
        address: hardware.addresses[i] ?? 0,
        size,
        device: hardware.window(i),
      })),
    );
    this.ivshmem = cell.pciDevices.filter(isShared).map((entry) => ivshmemOf(entry, host));
    this.configuration = new Configuration([...this.#assigned, ...this.ivshmem]);
  }

  /** As at a start and at an end of the cell. */
  reset(): void {
    for (const fn of [...this.#assigned, ...this.ivshmem]) fn.reset();
  }

  /** Puts its ends of links on those of another board's: their cells ring each other from now on. */
  join(links: Links): void {
    for (const device of this.ivshmem) joinLink(device, links.at(device.bdf));
    for (const { model } of this.#hardware) if (model instanceof E1000) model.cable = links.cable;
  }
}

function ivshmemOf(entry: PciDevice, { cell, clock, links, messages, raisePin, store }: PciHost): Ivshmem {
  const spec = specOf(entry, cell);
  const states = Number(spec.base);
  const link = links.at(spec.bdf);
  const host = {
    clock,
    messages,
    raisePin,
    storeState: (id: number, state: number) => store(states + BYTES_A_STATE * id, state),
  };
  const device = new Ivshmem(spec, link, host);
  if (!link.join(spec.id, device)) refuse(device);
  return device;
}

function joinLink(device: Ivshmem, link: Link): void {
  if (device.link === link) return;
  if (link.has(device.spec.id)) refuse(device);
  device.link = link;
}

function refuse({ name, spec }: Ivshmem): never {
  throw new UserError(
    `the ivshmem link at ${name} has two peers with number ${spec.id}: give one of the cells another id in its ivshmem`,
  );
}

function specOf(entry: PciDevice, { memory }: CellConfig): IvshmemSpec {
  const [state, common, output] = memory.slice(entry.shmemRegionsStart) as MemoryRegion[];
  const { shmemProtocol: protocol } = entry;
  return {
    bdf: parseBdf(entry.bdf) ?? 0,
    id: entry.shmemId,
    peers: entry.shmemPeers,
    protocol: typeof protocol === "number" ? protocol : shmemProtocols[protocol][0],
    vectors: entry.msixVectors,
    barMasks: entry.barMasks,
    base: state?.address ?? 0n,
    stateSize: Number(state?.size ?? 0n),
    commonSize: common?.size ?? 0n,
    outputSize: output?.size ?? 0n,
  };
}
