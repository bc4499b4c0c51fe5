/** The intrinsics of all architectures, over the machine. What needs no JavaScript is in the module itself (module/support.ts). */
import { FAULT, Fault, Halt } from "../faults.ts";
import type { Import } from "../instance.ts";
import type { Machine } from "../machine.ts";

const ALL_ONES = 0xffffffffffffffffn;

export function commonIntrinsics(machine: Machine): Record<string, Import> {
  const { devices, ram, engine } = machine;
  return {
    map_device: (physical: bigint, size: bigint) => devices.map(BigInt.asUintN(64, physical), BigInt.asUintN(64, size)),
    move_device: (address: number, physical: bigint) => void devices.move(address, BigInt.asUintN(64, physical)),
    aligned: (address: number, size: number) => {
      if ((address & (size - 1)) === 0) return address;
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
    load8: (low: number, high: number) => {
      ram.reach(low, high, 1, false);
      return ram.view.getUint8(ram.offset);
    },
    load16: (low: number, high: number) => {
      ram.reach(low, high, 2, false);
      return ram.view.getUint16(ram.offset, true);
    },
    load32: (low: number, high: number) => {
      ram.reach(low, high, 4, false);
      return ram.view.getUint32(ram.offset, true);
    },
    load64: (low: number, high: number) => {
      ram.reach(low, high, 8, false);
      return ram.view.getBigUint64(ram.offset, true);
    },
    loadf64: (low: number, high: number) => {
      ram.reach(low, high, 8, false);
      return ram.view.getFloat64(ram.offset, true);
    },
    store8: (low: number, high: number, value: number) => {
      ram.reach(low, high, 1, true);
      ram.view.setUint8(ram.offset, value);
    },
    store16: (low: number, high: number, value: number) => {
      ram.reach(low, high, 2, true);
      ram.view.setUint16(ram.offset, value, true);
    },
    store32: (low: number, high: number, value: number) => {
      ram.reach(low, high, 4, true);
      ram.view.setUint32(ram.offset, value, true);
    },
    store64: (low: number, high: number, value: bigint) => {
      ram.reach(low, high, 8, true);
      ram.view.setBigUint64(ram.offset, BigInt.asUintN(64, value), true);
    },
    storef64: (low: number, high: number, value: number) => {
      ram.reach(low, high, 8, true);
      ram.view.setFloat64(ram.offset, value, true);
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
      machine.hypervisor.hypercall(engine.current, Number(code), BigInt.asUintN(64, arg1), BigInt.asUintN(64, arg2)),
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
