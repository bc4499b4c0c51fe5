/** The intrinsics that only arm64 has (runtime/arm64/intrinsics.h). */
import type { Arm64Machine } from "../arm64/machine.ts";
import type { Import } from "../instance.ts";

/** ID_AA64DFR0_EL1.PMUVer. */
const PMUV3 = 1;
/** As start-up sets them (runtime/arm64/start.S), with the window for RAM. */
const [SCTLR, TCR] = [0x30d0180dn, 0x4b5223527n];

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
    physical_timer_compare: (count: bigint) => {
      machine.physicalTimer.compare = count;
    },
    physical_timer_control: (bits: number) => {
      machine.physicalTimer.control = bits;
    },
    pmu_version: () => PMUV3,
    pmu_control: () => machine.pmu.control,
    pmu_set_control: (bits: number) => {
      machine.pmu.control = bits;
    },
    pmu_enable: (mask: number) => void machine.pmu.enable(mask),
    pmu_disable: (mask: number) => void machine.pmu.disable(mask),
    pmu_interrupts_on: (mask: number) => void machine.pmu.interruptsOn(mask),
    pmu_interrupts_off: (mask: number) => void machine.pmu.interruptsOff(mask),
    pmu_overflows: () => machine.pmu.overflows,
    pmu_clear_overflows: (mask: number) => void machine.pmu.clearOverflows(mask),
    pmu_cycles: () => machine.pmu.cycles,
    // What the hypervisor does takes no cycles here.
    pmu_filter_cycles: () => undefined,
    pmu_event: (counter: number, event: number) => void machine.pmu.setEvent(counter, event),
    pmu_count: (counter: number) => machine.pmu.count(counter),
    pmu_set_count: (counter: number, value: number) => void machine.pmu.setCount(counter, value),
    pmu_increment: (mask: number) => void machine.pmu.increment(mask),
    pmu_events: (n: number) => machine.pmu.commonEvents(n),
    system_control: () => SCTLR,
    translation_control: () => TCR,
    translate: (address: bigint) => BigInt.asIntN(64, machine.translate(BigInt.asUintN(64, address))),
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
