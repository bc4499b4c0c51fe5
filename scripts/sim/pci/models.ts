/** The functions of machines that the simulator has models of, and where their registers lie. */
import type { CellConfig, PciDevice } from "../../../boards/index.ts";
import { UserError } from "../../errors.ts";
import { type Bus, BusError, type Clock } from "../device.ts";
import type { Cable } from "./cable.ts";
import { E1000 } from "./e1000.ts";
import { Hardware, type PciModel } from "./hardware.ts";
import { Hda } from "./hda.ts";
import * as header from "./header.ts";

/** What a model may need: time, the cell's memory while the function is bus master, the board's cable. */
export interface ModelHost {
  readonly clock: Clock;
  readonly bus: Bus;
  readonly cable: Cable;
}

interface Known {
  readonly what: string;
  make(host: ModelHost): PciModel;
}

/** QEMU's cards have addresses that end like this. */
const card = (last: number): Known => ({
  what: "e1000",
  make: ({ clock, bus, cable }) => new E1000(clock, bus, cable, [0x52, 0x54, 0, 0x12, 0x34, last]),
});

/** By board, then place. */
const MODELS: Readonly<Record<string, Readonly<Record<string, Known>>>> = {
  "qemu-x86": {
    "00:1b.0": { what: "HDA", make: ({ clock }) => new Hda(clock) },
    "00:19.0": card(0x56),
    "00:1a.0": card(0x57),
  },
};

/** PCI's memory on PCs ends where the IOAPIC begins. What no cell names lies in its upper part. */
const MEMORY = 0xc0000000;
const SPARE = 0xf0000000;
const MEMORY_END = 0xfec00000;

/** @throws UserError if the board's function has no model. */
export function hardwareOf(entry: PciDevice, cell: CellConfig, board: string, host: ModelHost): Hardware {
  const known = MODELS[board] ?? {};
  const model = known[entry.bdf];
  if (model) {
    const isMaster = () => (hardware.read(header.COMMAND) & header.COMMAND_MASTER) !== 0;
    const hardware: Hardware = place(model.make({ ...host, bus: gated(host.bus, isMaster) }), cell);
    return hardware;
  }
  const others = Object.entries(known).map(([bdf, { what }]) => `${bdf} (${what})`);
  throw new UserError(
    `cell ${cell.name}: the simulator has no PCI device at ${entry.bdf} of ${board}, only ${others.join(", ") || "ivshmem"}; run it on cellbox`,
  );
}

/** Memory for a function as long as it may be bus master. */
function gated(bus: Bus, isMaster: () => boolean): Bus {
  const check = () => {
    if (!isMaster()) throw new BusError("no bus master");
  };
  return {
    load: (address, length) => {
      check();
      return bus.load(address, length);
    },
    store: (address, bytes) => {
      check();
      bus.store(address, bytes);
    },
  };
}

/** A BAR goes to the cell's region of its size, so that cells fit which name a place; others lie where no cell has anything. */
function place(model: PciModel, cell: CellConfig): Hardware {
  let spare = SPARE;
  const free = cell.memory.filter(({ physical, size }) => physical >= MEMORY && physical + size <= MEMORY_END);
  const addresses = model.bars.map(({ size }) => {
    const index = free.findIndex((region) => region.size === BigInt(size));
    if (index >= 0) return Number(free.splice(index, 1)[0]?.physical);
    const address = Math.ceil(spare / size) * size;
    spare = address + size;
    return address;
  });
  return new Hardware(model, addresses);
}
