/** Puts the PCI functions of a cell where its CPUs reach them. */
import { type AddressSpace, Violation } from "../address-space.ts";
import type { Device } from "../device.ts";
import type { Machine } from "../machine.ts";
import { moderated } from "../moderated.ts";
import { PciBus } from "./bus.ts";
import type { Messages, PciFunction, Window } from "./function.ts";

const BUS_SIZE = 0x100000;
/** Of each ivshmem device: registers and the MSI-X table. */
const WINDOWS = 2;

/** `raisePin`: INTA to INTD, 1 to 4. @throws UserError */
export function attachPci(machine: Machine, messages: Messages, raisePin: (pin: number) => void): PciBus {
  const { cell, board, system, space, engine, links } = machine;
  const bus = new PciBus({
    cell,
    board: board.name,
    clock: engine.clock,
    bus: space,
    messages,
    links,
    raisePin,
    store: storeTo(space),
  });
  const base = Number(system.pciMmconfigBase);
  if (base !== 0) {
    const size = (system.pciMmconfigEndBus + 1) * BUS_SIZE;
    space.emulate({ address: base, size, device: moderated(bus.configuration, () => base) });
  }
  for (const bar of bus.bars) space.attach(bar);
  for (const fn of bus.configuration.functions)
    for (let index = 0; index < WINDOWS; index++) space.emulate(windowOf(fn, index));
  bus.reset();
  return bus;
}

/** The cell has the state table, perhaps to be read only: the hypervisor writes it. */
function storeTo(space: AddressSpace): (address: number, value: number) => void {
  return (address, value) => {
    const memory = space.memoryAt(address);
    memory?.write(address - memory.address, 4, value);
  };
}

/** A window comes, goes and moves as the cell programs the function. */
function windowOf(fn: PciFunction, index: number): Window {
  const now = () => fn.windows[index];
  let last = 0;
  const device: Device = {
    read: (offset, width) => current("read-outside", offset, width).read(offset, width),
    write: (offset, width, value) => current("write-outside", offset, width).write(offset, width, value),
  };
  const current = (what: string, offset: number, width: number) => {
    const window = now();
    if (!window) throw new Violation(what, last + offset, width);
    return window.device;
  };
  return {
    get address() {
      last = now()?.address ?? last;
      return last;
    },
    get size() {
      return now()?.size ?? 0;
    },
    device: moderated(device, () => last),
  };
}
