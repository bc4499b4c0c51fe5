/** The intrinsics that only x86 has, or has otherwise (runtime/x86/intrinsics.h, cpus.c). */
import { FAULT, Fault } from "../faults.ts";
import type { Import } from "../instance.ts";
import type { X86Machine } from "../x86/machine.ts";

export function x86Intrinsics(machine: X86Machine): Record<string, Import> {
  const { engine, cpuStart } = machine;
  const unsigned = (value: bigint) => BigInt.asUintN(64, value);
  return {
    wait_interrupt: () => void machine.halt(false),
    interrupts_wait: () => void machine.halt(true),
    wait_change: (pointer: number, value: number) => {
      if (new DataView(engine.instance.buffer).getInt32(pointer >>> 0, true) === (value | 0)) machine.pause();
    },

    in8: (port: number) => machine.readPort(port & 0xffff, 1),
    in16: (port: number) => machine.readPort(port & 0xffff, 2),
    in32: (port: number) => machine.readPort(port & 0xffff, 4),
    out8: (port: number, value: number) => void machine.writePort(port & 0xffff, 1, value & 0xff),
    out16: (port: number, value: number) => void machine.writePort(port & 0xffff, 2, value & 0xffff),
    out32: (port: number, value: number) => void machine.writePort(port & 0xffff, 4, value >>> 0),
    msr_read: (msr: number) => machine.readMsr(msr >>> 0),
    msr_write: (msr: number, value: bigint) => void machine.writeMsr(msr >>> 0, unsigned(value)),
    cpuid: (leaf: number, _subleaf: number, what: number) => machine.cpuid(leaf >>> 0, what),

    flush_line: () => undefined,
    vector_entry: (fn: number) => {
      if (!machine.program.vectorFunctions.includes(fn >>> 0)) throw new Fault(FAULT.callIndirect);
      machine.interruptEntry = fn >>> 0;
    },
    cpu_state: (apicId: number) => cpuStart.state(apicId & 0xff),
    cpus_arrived: () => engine.cpus.length,
    cpu_start: (apicId: bigint, fn: number, _index: number) =>
      cpuStart.start(Number(apicId & 0xffn), machine.resolve(fn)),
  };
}
