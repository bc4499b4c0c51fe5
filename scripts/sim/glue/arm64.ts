/** The intrinsics that only arm64 has (runtime/arm64/intrinsics.h). */
import type { Arm64Machine } from "../arm64/machine.ts";
import type { Import } from "../instance.ts";

export function arm64Intrinsics(machine: Arm64Machine): Record<string, Import> {
  const { engine, gic } = machine;
  const own = () => gic.of(engine.current);
  const set = (change: (at: ReturnType<typeof own>) => void) => {
    const at = own();
    change(at);
    gic.update(at);
  };
  return {
    timer_compare: (count: bigint) => {
      machine.timer.compare = count;
    },
    timer_control: (bits: number) => {
      machine.timer.control = bits;
    },
    // No PMU: `pmu.counters()` is 0.
    pmu_version: () => 0,
    event_stream: (log2: number) => void machine.eventStream(log2),
    irq_entry: (fn: number) => {
      machine.interruptEntry = machine.resolve(fn);
    },
    wait_change: (pointer: number, value: number) => void machine.waitChange(pointer >>> 0, value),
    icc_iar1: () => gic.acknowledgeRegister(own()),
    icc_eoir1: (id: number) => void gic.end(own(), id),
    icc_pmr: (priority: number) =>
      void set((at) => {
        at.priorityMask = priority & 0xff;
      }),
    icc_ctlr: () => undefined,
    icc_igrpen1: (bits: number) =>
      void set((at) => {
        at.enabled = (bits & 1) === 1;
      }),
    icc_sgi1r: (value: bigint) => void gic.sendSgi(own(), value),
    smc: (fn: bigint, arg1: bigint, arg2: bigint, arg3: bigint) => machine.psci.call(fn, arg1, arg2, arg3),
    cpu_start: (affinity: bigint, fn: number, _index: number) => machine.psci.turnOn(affinity, machine.resolve(fn)),
  };
}
