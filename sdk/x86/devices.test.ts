import { expect, test } from "vitest";
import { Halt } from "../../test/fake-cell/cell.ts";
import { compile } from "../../test/fake-cell/compile.ts";
import type { FakeRegion } from "../../test/fake-cell/devices.ts";
import { FakeX86 } from "../../test/fake-cell/x86.ts";

async function run(main: string, cell: FakeX86): Promise<string> {
  expect(cell.run(await compile(main, "x86", "ns8250"))).toBeInstanceOf(Halt);
  return cell.uart;
}

test("the PM timer counts on where its 24 bits start again, however long nobody looks", async () => {
  const cell = new FakeX86();
  const main = `
    import { console, cpu } from "jh-inmate";
    import { pmTimer } from "jh-inmate/x86";
    for (let i = 0; i < 4; i++) {
      console.log(\`\${pmTimer.ns(pmTimer.now()) / 1_000_000}\`);
      cpu.relax();
    }
    console.log(\`\${pmTimer.ticks(1_000_000_000)} \${pmTimer.ns(pmTimer.hz * 7)}\`);`;
  const pauses = [3n, 2n, 3600n];
  cell.onWait = () => {
    cell.counter += (pauses.shift() ?? 0n) * BigInt(cell.hz);
  };
  expect(await run(main, cell)).toBe("0\r\n3000\r\n5000\r\n3605000\r\n3579545 7000000000\r\n");
});

test("the IOAPIC: where a pin goes first, then that it may", async () => {
  const cell = new FakeX86();
  const writes: string[] = [];
  const ioapic: FakeRegion = {
    base: 0xfec00000n,
    size: 0x1000,
    read: () => 0,
    write: (offset, width, value) => void writes.push(`${offset.toString(16)}:${width}=${value.toString(16)}`),
  };
  cell.regions.push(ioapic);
  const main = `
    import { ioapic } from "jh-inmate/x86";
    ioapic.route(9, 32, true);
    ioapic.route(4, 40, false, true);
    ioapic.mask(9);`;
  await run(main, cell);
  expect(writes.map((write) => write.replace(":4", ""))).toEqual([
    ...["0=23", "10=1000000", "0=22", "10=8020"],
    ...["0=19", "10=1000000", "0=18", "10=2028"],
    ...["0=22", "10=10000"],
  ]);
});

test("the SMI count is asked for on CPUs that have it only", async () => {
  const versions = [0x000106a0, 0x00060fb1, 0x00000f00];
  for (const [i, version] of versions.entries()) {
    const cell = new FakeX86();
    const { cpuid } = cell.more;
    cell.more.cpuid = ((leaf: number, subleaf: number, what: number) =>
      leaf === 1 && what === 0 ? version : cpuid?.(...([leaf, subleaf, what] as never[]))) as never;
    const main = `import { console } from "jh-inmate"; import { smi } from "jh-inmate/x86"; console.log(\`\${smi.isCounted()}\`);`;
    expect(await run(main, cell)).toBe(i === 0 ? "true\r\n" : "false\r\n");
  }
});

test("CPUs that do not come to the start of the cell are called again, by a SIPI to all others", async () => {
  const cell = new FakeX86({ hz: 1_000_000 });
  cell.comm.setUint16(66, 4, true);
  const here = [1, 3];
  cell.more.cpus_arrived = () => here.length;
  cell.more.cpu_state = (id: number) => (here.includes(id) ? 1 : 0);
  const sipis = () => cell.set.filter((write) => write === "830=c4600").length;
  cell.onWait = () => {
    if (here.length - 1 <= sipis() && sipis() > 0) here.push(here.length * 2);
  };
  const main = `
    import { console, smp } from "jh-inmate";
    console.log(\`\${smp.count()}: \${smp.affinity(1)} \${smp.affinity(2)} \${smp.affinity(3)}\`);`;
  expect(await run(main, cell)).toBe("4: 3 4 6\r\n");
  expect(sipis()).toBe(2);
  expect(cell.delivered).toEqual([]);
});
