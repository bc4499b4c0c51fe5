/** The functions of machines that the simulator has models of, and where their registers lie. */
import type { CellConfig, PciDevice } from "../../../boards/index.ts";
import { UserError } from "../../errors.ts";
import type { Clock } from "../device.ts";
import { Hardware, type PciModel } from "./hardware.ts";
import { Hda } from "./hda.ts";

interface Known {
  readonly what: string;
  make(clock: Clock): PciModel;
}

/** By board, then place. */
const MODELS: Readonly<Record<string, Readonly<Record<string, Known>>>> = {
  "qemu-x86": { "00:1b.0": { what: "HDA", make: (clock) => new Hda(clock) } },
};

/** PCI's memory on PCs ends where the IOAPIC begins. What no cell names lies in its upper part. */
const MEMORY = 0xc0000000;
const SPARE = 0xf0000000;
const MEMORY_END = 0xfec00000;

/** @throws UserError if the board's function has no model. */
export function hardwareOf(entry: PciDevice, cell: CellConfig, board: string, clock: Clock): Hardware {
  const known = MODELS[board] ?? {};
  const model = known[entry.bdf];
  if (model) return place(model.make(clock), cell);
  const others = Object.entries(known).map(([bdf, { what }]) => `${bdf} (${what})`);
  throw new UserError(
    `cell ${cell.name}: the simulator has no PCI device at ${entry.bdf} of ${board}, only ${others.join(", ") || "ivshmem"}; run it on cellbox`,
  );
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
