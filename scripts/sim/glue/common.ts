/** The intrinsics of all architectures, over the machine. What needs no JavaScript is in the module itself (module/support.ts). */
import { FAULT, Fault, Halt } from "../faults.ts";
import type { Import } from "../instance.ts";
import type { Machine } from "../machine.ts";

const ALL_ONES = 0xffffffffffffffffn;

export function commonIntrinsics(machine: Machine): Record<string, Import> {
  const { devices, ram, engine } = machine;
  const at = (address: bigint, size: number, write = false) => ram.at(address, size, write);
  return {
    map_device: (physical: bigint, size: bigint) => devices.map(BigInt.asUintN(64, physical), BigInt.asUintN(64, size)),
    move_device: (address: number, physical: bigint) => void devices.move(address, BigInt.asUintN(64, physical)),
    check_aligned: (address: number, size: number) => {
      if ((address & (size - 1)) === 0) return;
      throw new Fault(FAULT.misaligned, { address: machine.nameAddress(address >>> 0) });
    },
    read8: (address: number) => devices.read(address, 1),
    read16: (address: number) => devices.read(address, 2),
    read32: (address: number) => devices.read(address, 4),
    read64: (address: number) => devices.read64(address),
    write8: (address: number, value: number) => void devices.write(address, 1, value & 0xff),
    write16: (address: number, value: number) => void devices.write(address, 2, value & 0xffff),
    write32: (address: number, value: number) => void devices.write(address, 4, value),
    write64: (address: number, value: bigint) => void devices.write64(address, value),

    map_ram: (physical: bigint, size: bigint) => ram.map(BigInt.asUintN(64, physical), BigInt.asUintN(64, size)),
    cpu_words: (index: number) => ram.cpuWords(index),
    physical: (pointer: number) => machine.physical(pointer >>> 0) ?? ALL_ONES,
    load8: (address: bigint) => load(at(address, 1), 1),
    load16: (address: bigint) => load(at(address, 2), 2),
    load32: (address: bigint) => load(at(address, 4), 4),
    load64: (address: bigint) => {
      const { view, offset } = at(address, 8);
      return view.getBigUint64(offset, true);
    },
    loadf64: (address: bigint) => {
      const { view, offset } = at(address, 8);
      return view.getFloat64(offset, true);
    },
    store8: (address: bigint, value: number) => {
      const { view, offset } = at(address, 1, true);
      view.setUint8(offset, value);
    },
    store16: (address: bigint, value: number) => {
      const { view, offset } = at(address, 2, true);
      view.setUint16(offset, value, true);
    },
    store32: (address: bigint, value: number) => {
      const { view, offset } = at(address, 4, true);
      view.setUint32(offset, value, true);
    },
    store64: (address: bigint, value: bigint) => {
      const { view, offset } = at(address, 8, true);
      view.setBigUint64(offset, BigInt.asUintN(64, value), true);
    },
    storef64: (address: bigint, value: number) => {
      const { view, offset } = at(address, 8, true);
      view.setFloat64(offset, value, true);
    },
    clean_cache: () => undefined,
    invalidate_cache: () => undefined,

    wait_interrupt: () => void engine.sleep("interrupt", Number.POSITIVE_INFINITY),
    cpu_id: () => BigInt(engine.current.id),
    halt: () => {
      throw new Halt();
    },
    resolve: (fn: number) => machine.resolve(fn),
    command_line: (index: number) => machine.commandLine(index >>> 0),
    hypercall: (code: bigint, arg1: bigint, arg2: bigint) =>
      BigInt(machine.hypervisor.hypercall(engine.current, Number(code), Number(arg1), Number(arg2))),
    trap: (kind: number) => {
      throw new Fault(kind);
    },
    fault_value: (what: number) => machine.reporter.value(engine.current, what),
    backtrace: (index: number) => machine.reporter.caller(engine.current, index),

    stack_overflow: () => machine.lifecycle.overflow(),
    bad_access: (pointer: number, offset: number) => machine.badAccess((pointer >>> 0) + (offset >>> 0)),
    memory_size: () => machine.pages.size,
    memory_grow: (delta: number) => machine.pages.grow(delta >>> 0),
    wait_event: () => void machine.waitEvent(),
    vector: () => machine.vector(),
  };
}

function load({ view, offset }: { view: DataView; offset: number }, width: number): number {
  if (width === 4) return view.getUint32(offset, true);
  return width === 1 ? view.getUint8(offset) : view.getUint16(offset, true);
}
