import { expect, test } from "vitest";
import { jhInmate } from "../test/cli/cli.ts";
import { FakeCell, Halt } from "../test/fake-cell/cell.ts";
import { compile } from "../test/fake-cell/compile.ts";
import { FakeX86 } from "../test/fake-cell/x86.ts";

/** Lines of the console of test/fixtures/inmates/pmu. */
async function linesOf(...more: string[]): Promise<string[]> {
  const args = ["run", "test/fixtures/inmates/pmu", "--board", "qemu-arm64", "--seconds", "20", ...more];
  const { stdout } = await jhInmate(args);
  return stdout.replaceAll("\r", "").split("\n");
}

test("counted under --icount: instructions exactly, the measuring itself taken off", async () => {
  const [counters, nothing, work, overflows, panic] = await linesOf("--icount");
  expect(counters).toBe("counters 6");
  expect(nothing).toBe("nothing 0 0 0");
  const [, cycles, instructions, again, wrapped] = work?.split(" ") ?? [];
  // A turn of the loop is load, add, store, barrier, and what counts it.
  expect(Number(instructions)).toBeGreaterThan(4000);
  expect(Number(instructions)).toBeLessThan(12000);
  expect(cycles).toBe(instructions);
  expect(again).toBe(instructions);
  expect(wrapped).toBe("false");
  expect(overflows).toBe("overflows 9 left 5");
  expect(panic).toBe("*** pmu: no counter is left: the cell may use 6 of this CPU, and all are taken");
});

test("on QEMU's clock the overflow interrupt of SW_INCR comes, too, and instructions are not counted", async () => {
  const [, , work, overflows] = await linesOf();
  expect(work?.split(" ")[2]).toBe("0");
  expect(overflows).toBe("overflows 9 left 5");
});

const MAIN = `import { console, pmu } from "jh-inmate"; console.log(\`\${pmu.counters()}\`); pmu.cycles();`;

test("a CPU without PMUv3 says so", async () => {
  const cell = new FakeCell();
  Object.assign(cell.more, { pmu_version: () => 0 });
  expect(cell.run(await compile(MAIN))).toMatchObject({ kind: 20 });
  expect(cell.uart.split("\r\n").slice(0, 2)).toEqual(["0", "*** pmu: no counters: this CPU has no PMUv3"]);
});

test("MemGuard leaves four of six counters to the cell", async () => {
  const cell = new FakeCell();
  // PMCR_EL0.N reads as MDCR_EL2.HPMN.
  const nothing = () => undefined;
  Object.assign(cell.more, {
    pmu_version: () => 1,
    pmu_control: () => 4 << 11,
    ...{ pmu_disable: nothing, pmu_interrupts_off: nothing, pmu_clear_overflows: nothing, pmu_filter_cycles: nothing },
    ...{ pmu_set_control: nothing, pmu_enable: nothing, pmu_cycles: () => 0n },
  });
  expect(cell.run(await compile(MAIN))).toBeInstanceOf(Halt);
  expect(cell.uart).toBe("4\r\n");
});

/** CPUID leaf 0xA: version 4, four counters of 48 bits; LLC misses are not there. */
const LEAF: readonly number[] = [0x07300404, 1 << 4, 0, 0x603];
const PMC0 = 0xc1;
const PERFEVTSEL0 = 0x186;
const FIXED_CYCLES = 0x30a;
const GLOBAL_CTRL = 0x38f;

/** An Intel CPU whose counters go on by 1 at each look. */
class FakeIntel extends FakeX86 {
  readonly msrs = new Map<number, bigint>();
  constructor(ignored: readonly number[] = []) {
    super({ flags: 3 });
    const { cpuid, msr_write, msr_read } = this.more;
    Object.assign(this.more, {
      barrier_load: () => undefined,
      cpuid: ((leaf: number, subleaf: number, what: number) =>
        leaf === 0xa ? LEAF[what] : (cpuid as never as (...args: number[]) => number)(leaf, subleaf, what)) as never,
      msr_read: (msr: number) => {
        if (msr === FIXED_CYCLES || (msr >= PMC0 && msr < PMC0 + 8)) {
          this.msrs.set(msr, (this.msrs.get(msr) ?? 0n) + 1n);
          return this.msrs.get(msr);
        }
        return this.msrs.get(msr) ?? (msr_read as never as (msr: number) => bigint)?.(msr) ?? 0n;
      },
      msr_write: (msr: number, value: bigint) => {
        if (ignored.includes(msr)) return;
        if (msr >= 0x800) (msr_write as never as (msr: number, value: bigint) => void)(msr, value);
        else this.msrs.set(msr, BigInt.asUintN(64, value));
      },
    });
  }
}

test("x86: counters by CPUID leaf 0xA", async () => {
  const cell = new FakeIntel();
  const main = `import { console, pmu } from "jh-inmate"; import { events } from "jh-inmate/x86";
    console.log(\`\${pmu.counters()} \${pmu.has(events.LLC_MISSES)} \${pmu.has(events.LLC_REFERENCES)}\`);
    const counter = new pmu.Counter(events.LLC_MISSES);
    counter.start(100);
    console.log(\`\${counter.count}\`);`;
  expect(cell.run(await compile(main, "x86"))).toBeInstanceOf(Halt);
  expect(cell.putc.split("\r\n").slice(0, 2)).toEqual(["4 false true", "101"]);
  // Rings 0 and 3, enabled.
  expect(cell.msrs.get(PERFEVTSEL0)).toBe(0x43412en);
  expect(cell.msrs.get(GLOBAL_CTRL)).toBe((1n << 33n) | 15n);
});

test("x86: a hypervisor that ignores the switch, and a CPU without leaf 0xA, are told apart", async () => {
  const refused = new FakeIntel([GLOBAL_CTRL]);
  expect(refused.run(await compile(MAIN, "x86"))).toMatchObject({ kind: 20 });
  expect(refused.putc.split("\r\n")[1]).toBe(
    "*** pmu: no counters: the hypervisor refuses to turn them on (it ignores writes to MSR 0x38f)",
  );
  const other = new FakeX86({ flags: 3 });
  const { cpuid } = other.more;
  Object.assign(other.more, {
    cpuid: ((leaf: number, ...more: number[]) =>
      leaf === 0xa ? 0 : (cpuid as never as (...args: number[]) => number)(leaf, ...more)) as never,
  });
  expect(other.run(await compile(MAIN, "x86"))).toMatchObject({ kind: 20 });
  expect(other.putc.split("\r\n").slice(0, 2)).toEqual([
    "0",
    "*** pmu: no counters: CPUID leaf 0xA of this CPU has none (AMD's are others)",
  ]);
});
