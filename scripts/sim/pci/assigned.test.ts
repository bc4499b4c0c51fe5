import { expect, test } from "vitest";
import { qemuX86 } from "../../../boards/config.ts";
import type { PciCap, PciDevice } from "../../../boards/model.ts";
import { ManualClock } from "../../../test/sim/manual-clock.ts";
import { TestMessages } from "../../../test/sim/messages.ts";
import type { Device, Width } from "../device.ts";
import { Refusal } from "../refusal.ts";
import { AssignedFunction } from "./assigned.ts";
import { Configuration, ConfigurationPorts } from "./configuration.ts";
import { Hardware, type PciModel } from "./hardware.ts";
import { Hda } from "./hda.ts";

const demo = qemuX86.cells["pci-demo"];
const HDA = demo.pciDevices[0] as PciDevice;
const BASE = 0xfebd4000;
const PLACE = 0xd8 << 12;

function hda() {
  const clock = new ManualClock();
  const model = new Hda(clock);
  return { clock, ...assign(model, [BASE], HDA, demo.pciCaps) };
}

function assign(model: PciModel, addresses: readonly number[], entry: PciDevice, caps: readonly PciCap[]) {
  const messages = new TestMessages();
  const hardware = new Hardware(model, addresses);
  const fn = new AssignedFunction(entry, caps, hardware, messages);
  fn.reset();
  const configuration = new Configuration([fn]);
  const read = (offset: number, width: Width = 4) => configuration.read(PLACE + offset, width);
  const write = (offset: number, value: number, width: Width = 4) => configuration.write(PLACE + offset, width, value);
  return { fn, hardware, configuration, sent: messages.sent, read, write, bar: hardware.window(0) };
}

test("the function as it is after the cell's start", () => {
  const { read } = hda();
  expect([read(0), read(4), read(8), read(0x10), read(0x14), read(0x2c), read(0x34), read(0x60)]).toEqual([
    0x26688086,
    0x00100400,
    0x04030001,
    BASE,
    0,
    0x11001af4,
    0x60,
    0x00800005,
  ]);
  expect([read(0, 2), read(2, 2), read(0x0b, 1), read(0x62, 2)]).toEqual([0x8086, 0x2668, 4, 0x80]);
});

test("a BAR without a mask stays, one with a mask is a copy that moves nothing", () => {
  const { read, write } = hda();
  write(0x10, 0xffffffff);
  expect(read(0x10)).toBe(BASE);
  const moved = assign(new Hda(new ManualClock()), [BASE], { ...HDA, barMasks: [0xffffc000, 0, 0, 0, 0, 0] }, []);
  moved.write(0x10, 0xffffffff);
  expect([moved.read(0x10), moved.hardware.read(0x10)]).toEqual([(0xffffffff & ~0x3fff) | 0, BASE].map((n) => n >>> 0));
  moved.write(0x30, 0xffffffff);
  expect(moved.read(0x30)).toBe(0);
});

test("registers answer while the command lets them", () => {
  const { bar, write } = hda();
  expect([bar.read(0, 2), bar.read(3, 1)]).toEqual([0xffff, 0xff]);
  bar.write(8, 4, 1);
  write(4, 2, 2);
  expect([bar.read(0, 2), bar.read(3, 1), bar.read(8, 4)]).toEqual([0x4401, 1, 0]);
});

test.each([
  ["the IDs", 0x00, 4],
  ["the class", 0x08, 4],
  ["the pin", 0x3d, 1],
  ["a capability that the cell does not have", 0x40, 4],
  ["what lies behind the capability", 0x6e, 2],
  ["two dwords at once", 0x67, 2],
] as const)("a cell cannot write %s", (_, offset, width) => {
  expect(() => hda().write(offset, 0, width)).toThrow(Refusal);
});

test("ports reach the same, with one address for all; the enable bit does not matter", () => {
  const { configuration } = hda();
  const ports = new ConfigurationPorts(configuration);
  ports.write(0, 4, 0xd800);
  expect([ports.read(0, 4), ports.read(4, 4), ports.read(6, 2), ports.read(7, 1)]).toEqual([
    0xd800, 0x26688086, 0x2668, 0x26,
  ]);
  ports.write(0, 4, 0x8000d804);
  ports.write(4, 2, 6);
  expect(ports.read(4, 2)).toBe(6);
  ports.write(0, 4, 0x80000000);
  expect(ports.read(4, 4)).toBe(0xffffffff);
  for (const access of [
    () => ports.read(0, 2),
    () => ports.read(1, 1),
    () => ports.read(7, 2),
    () => ports.write(4, 2, 0),
  ])
    expect(access).toThrow(Refusal);
});

/** As pci-demo does. */
function run({ bar, write }: ReturnType<typeof hda>) {
  write(4, 6, 2);
  bar.write(0x08, 4, 1);
  bar.write(0x0c, 2, 0x0f);
  bar.write(0x20, 4, 0xc0000000);
}
function connect({ write }: ReturnType<typeof hda>, cpu: number) {
  write(0x64, 0xfee00000 | (cpu << 12));
  write(0x68, 0);
  write(0x6c, 0x20, 2);
  write(0x62, 1, 2);
}

test("HDA finds its codec after the reset and sends its message", () => {
  const device = hda();
  const { clock, bar, sent, read } = device;
  connect(device, 2);
  run(device);
  clock.advance(520_999);
  expect([bar.read(0x0e, 2), sent]).toEqual([0, []]);
  clock.advance(1);
  expect([bar.read(0x0e, 2), bar.read(0x24, 4), sent]).toEqual([1, 0xc0000000, ["2:32"]]);
  bar.write(0x0e, 2, 1);
  expect([bar.read(0x24, 4), bar.read(0x30, 4)]).toEqual([0, 12_504]);
  expect([read(0x64), read(0x6c, 2), read(0x60)]).toEqual([0xfee02000, 0x20, 0x00810005]);
});

test("a reset keeps what woke it and which may, and all else begins anew; meanwhile nothing else is written", () => {
  const device = hda();
  const { clock, bar } = device;
  run(device);
  clock.advance(1e6);
  bar.write(0x40, 4, 0x12345678);
  expect(bar.read(0x40, 4)).toBe(0x12345600);
  bar.write(0x08, 4, 0);
  bar.write(0x40, 4, 0x12345678);
  expect([bar.read(0x40, 4), bar.read(0x20, 4), bar.read(0x0c, 4), bar.read(0x30, 4)]).toEqual([0, 0, 0x0001000f, 0]);
});

test("without bus mastering, or to nobody, no message is sent; one that is on must lead to the cell", () => {
  const device = hda();
  const { clock, bar, sent, write } = device;
  run(device);
  write(4, 2, 2);
  connect(device, 1);
  clock.advance(1e6);
  expect(sent).toEqual([]);
  write(4, 6, 2);
  bar.write(0x0e, 2, 1);
  write(0x64, 0);
  bar.write(0x08, 4, 0);
  bar.write(0x08, 4, 1);
  bar.write(0x20, 4, 0xc0000000);
  clock.advance(1e6);
  expect(sent).toEqual([]);
  expect(() => write(0x64, 0xfee05000)).toThrow(Refusal);
  const other = hda();
  other.write(0x64, 0xfee05000);
  expect(() => other.write(0x62, 1, 2)).toThrow(Refusal);
});

test("a 64-bit BAR takes two, and a device with MSI-X sends by its table", () => {
  const registers: Device = { read: () => 0x55, write: () => {} };
  const model: PciModel = {
    registers: { 0: [0x12345678, 0], 4: [0, 7], 112: [0x00010011, 0xc0000000] },
    bars: [{ size: 0x1000, is64: true, device: registers }],
    onInterrupt: () => {},
  };
  const entry: PciDevice = {
    ...HDA,
    capsStart: 0,
    capsCount: 1,
    msiVectors: 0,
    msixVectors: 2,
    msixRegionSize: 0x1000,
    msixAddress: 0xfeb01000n,
  };
  const caps: PciCap[] = [{ id: "msix", start: 0x70, length: 12, flags: ["write"] }];
  const { fn, read, write, sent } = assign(model, [0x3_feb00000], entry, caps);
  expect([read(0x10), read(0x14)]).toEqual([0xfeb00004, 3]);
  const [window] = fn.windows;
  expect([window?.address, window?.size]).toEqual([0xfeb01000, 0x1000]);
  write(4, 6, 2);
  write(0x72, 0x8000, 2);
  const table = window?.device as Device;
  for (const [i, word] of [0xfee01000, 0, 0x44, 0].entries()) table.write(4 * i, 4, word);
  model.onInterrupt(true);
  model.onInterrupt(true);
  expect(sent).toEqual(["1:68"]);
  expect(() => table.write(0, 4, 0xfee09000)).toThrow(Refusal);
});
