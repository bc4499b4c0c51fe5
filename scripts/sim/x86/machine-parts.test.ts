import { describe, expect, test } from "vitest";
import { ManualClock } from "../../../test/sim/manual-clock.ts";
import type { Device } from "../device.ts";
import { Refusal } from "../refusal.ts";
import { ApicTimer } from "./apic-timer.ts";
import { cpuid } from "./cpuid.ts";
import { CpuException } from "./exception.ts";
import { LocalApic } from "./local-apic.ts";
import { EFER_64, Msrs } from "./msrs.ts";
import { BLOCK_SIZE, PowerManagement } from "./pm-timer.ts";
import { PortSpace } from "./port-space.ts";
import { Tsc } from "./tsc.ts";

describe("the power management timer", () => {
  test("counts at 3.579545 MHz in 24 bits, and starts again", () => {
    const clock = new ManualClock();
    const block = new PowerManagement(clock, () => {});
    const at = (ns: number) => {
      clock.advance(ns - clock.now);
      return block.read(8, 4);
    };
    expect([at(0), at(1e9), at(4e9), at(5e9)]).toEqual([0, 3_579_545, 14_318_180, 5 * 3_579_545 - 2 ** 24]);
    expect([block.read(8, 1), block.read(10, 2)]).toEqual([block.read(8, 4) & 0xff, block.read(8, 4) >>> 16]);
  });

  test("its top bit's change is an event, which interrupts when enabled and until it is cleared", () => {
    const clock = new ManualClock();
    const changes: [number, boolean][] = [];
    let level = false;
    const block = new PowerManagement(clock, (now) => {
      if (now !== level) changes.push([Math.round(clock.now / 1e6), now]);
      level = now;
    });
    clock.advance(1e9);
    block.write(2, 2, 1);
    clock.advance(2e9);
    expect([block.read(0, 2), block.read(0, 4), block.read(4, 2)]).toEqual([1, 0x10001, 1]);
    block.write(0, 2, 0xfffe);
    expect(level).toBe(true);
    block.write(0, 2, 1);
    clock.advance(10e9);
    expect(changes).toEqual([
      [2343, true],
      [3000, false],
      [4687, true],
    ]);
    block.write(2, 2, 0);
    expect([level, block.read(0, 2)]).toEqual([false, 1]);
  });
});

describe("ports", () => {
  const log: string[] = [];
  const device = (name: string): Device => ({
    read: (offset, width) => {
      log.push(`${name} ${offset}:${width}`);
      return 0x11 * (offset + 1);
    },
    write: (offset, width, value) => void log.push(`${name} ${offset}:${width}=${value.toString(16)}`),
  });
  const granted = [
    { base: 0x3f8, length: 8 },
    { base: 0x60, length: 5 },
    { base: 0x600, length: 4 },
    { base: 0xe010, length: 8 },
  ];
  const places = [
    { base: 0x3f8, length: 8, device: device("uart") },
    { base: 0x600, length: BLOCK_SIZE, device: device("acpi") },
  ];
  const ports = new PortSpace(granted, 0x608, places, device("pci"));
  const logged = (action: () => unknown) => {
    log.length = 0;
    action();
    return [...log];
  };

  test("a cell has its own and the PM timer's; where no device is it reads ones", () => {
    expect(logged(() => ports.read(0x3fd, 1))).toEqual(["uart 5:1"]);
    expect(logged(() => ports.read(0x608, 4))).toEqual(["acpi 8:4"]);
    expect(logged(() => ports.write(0x602, 2, 1))).toEqual(["acpi 2:2=1"]);
    expect(logged(() => ports.write(0x3fe, 2, 0xabcd))).toEqual(["uart 6:2=abcd"]);
    expect([ports.read(0xe010, 1), ports.read(0xe010, 4)]).toEqual([0xff, 0xffffffff]);
    expect(logged(() => ports.write(0xe017, 1, 0))).toEqual([]);
  });

  test.each([
    [0x2f8, 1],
    [0x604, 2],
    [0x60c, 1],
    [0x3ff, 2],
    [0x602, 4],
    [0x80, 2],
    [0x64, 2],
  ] as const)("port 0x%x with %i bytes is not the cell's", (port, width) => {
    expect(() => ports.read(port, width)).toThrow(Refusal);
    expect(() => ports.write(port, width, 0)).toThrow(Refusal);
  });

  test("port 0x80 is ignored, and the keyboard controller resets nothing", () => {
    ports.write(0x80, 1, 0);
    expect(ports.read(0x80, 1)).toBe(0xff);
    ports.write(0x64, 1, 0x20);
    for (const command of [0xd1, 0xf0, 0xfe]) expect(() => ports.write(0x64, 1, command)).toThrow(Refusal);
  });

  test("PCI's configuration is reached without a grant", () => {
    expect(logged(() => ports.write(0xcf8, 4, 0x80000000))).toEqual(["pci 0:4=80000000"]);
    expect(logged(() => ports.read(0xcfe, 2))).toEqual(["pci 6:2"]);
  });
});

describe("model-specific registers", () => {
  const clock = new ManualClock();
  const tsc = new Tsc(clock, 2_000_000);
  const make = (hasDeadline = false) => {
    const apic = new LocalApic(3, (fire) => new ApicTimer(clock, tsc, 1e6, hasDeadline, fire));
    return new Msrs(apic, tsc, EFER_64, hasDeadline);
  };

  test("what a cell reads", () => {
    clock.advance(500);
    const msrs = make();
    const values = [0x10, 0x1b, 0x277, 0x2ff, 0x250, 0x802, 0xc0000080].map((msr) => msrs.read(msr));
    expect(values).toEqual([1000n, 0xfee00800n, 0x0007040600070406n, 0xc06n, 0n, 3n, 0x1d00n]);
  });

  test("emulated ones take what they may", () => {
    const msrs = make();
    msrs.write(0x277, 0x0706050401000604n);
    msrs.write(0x2ff, 0n);
    msrs.write(0xc0000080, 0x500n);
    msrs.write(0xc0000102, 7n);
    const values = [0x277, 0x2ff, 0xc0000080, 0xc0000102].map((msr) => msrs.read(msr));
    expect(values).toEqual([0x0706050401000604n, 0xc06n, 0x1500n, 7n]);
    expect(() => msrs.write(0x277, 0x0206050401000604n)).toThrow(Refusal);
  });

  test("the hypervisor's are refused, absent ones raise an exception", () => {
    const msrs = make();
    for (const msr of [0x1b, 0x200, 0x276, 0xc0010117, 0x802, 0x83f])
      expect(() => msrs.write(msr, 0n), msr.toString(16)).toThrow(Refusal);
    for (const msr of [0xc0010117, 0x80b]) expect(() => msrs.read(msr)).toThrow(Refusal);
    for (const msr of [0x6e0, 0x34]) {
      expect(() => msrs.read(msr)).toThrow(new CpuException(13, 0));
      expect(() => msrs.write(msr, 0n)).toThrow(CpuException);
    }
  });

  test("the deadline is there where the CPU has it", () => {
    const msrs = make(true);
    msrs.write(0x832, 0x40040n);
    msrs.write(0x6e0, 5000n);
    expect(msrs.read(0x6e0)).toBe(5000n);
  });
});

test("CPUID: an AMD CPU under Jailhouse, without SVM and VMX", () => {
  const spec = { apicId: 2, cpus: 4, hasDeadline: false };
  const text = (...words: number[]) => Buffer.from(new Uint32Array(words).buffer).toString();
  const [last, b, c, d] = cpuid(0, spec);
  expect([last, text(b, d, c)]).toEqual([13, "AuthenticAMD"]);
  const [, ebx, ecx] = cpuid(1, spec);
  expect([ebx >>> 24, (ebx >>> 16) & 0xff, ((ebx >>> 8) & 0xff) * 8]).toEqual([2, 4, 64]);
  expect([ecx >>> 31, (ecx >>> 5) & 1, (ecx >>> 24) & 1]).toEqual([1, 0, 0]);
  expect((cpuid(1, { ...spec, hasDeadline: true })[2] >>> 24) & 1).toBe(1);
  const [hypervisor, ...name] = cpuid(0x40000000, spec);
  expect([hypervisor, text(...name).replaceAll("\0", "")]).toEqual([0x40000001, "Jailhouse"]);
  expect((cpuid(0x80000001, spec)[2] >>> 2) & 1).toBe(0);
  const brand = [0x80000002, 0x80000003].map((leaf) => text(...cpuid(leaf, spec))).join("");
  expect(brand.replaceAll("\0", "")).toBe("jh-inmate simulated CPU");
  expect(cpuid(7, spec)).toEqual([0, 0, 0, 0]);
});
