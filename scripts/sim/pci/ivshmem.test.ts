import { describe, expect, test } from "vitest";
import { ManualClock } from "../../../test/sim/manual-clock.ts";
import { TestMessages } from "../../../test/sim/messages.ts";
import type { Width } from "../device.ts";
import { Refusal } from "../refusal.ts";
import { Configuration } from "./configuration.ts";
import type { Window } from "./function.ts";
import { Ivshmem, type IvshmemSpec } from "./ivshmem.ts";
import { Link } from "./link.ts";

const BDF = 0x0170;
const pin: IvshmemSpec = {
  bdf: BDF,
  id: 1,
  peers: 3,
  protocol: 0x4001,
  vectors: 0,
  barMasks: [0xfffff000, 0, 0, 0, 0, 0],
  base: 0x1_3f0f0000n,
  stateSize: 0x1000,
  commonSize: 0x9000n,
  outputSize: 0x2000n,
};
const messages: IvshmemSpec = { ...pin, vectors: 16, barMasks: [0xfffff000, 0xfffff000, 0, 0, 0, 0] };

function make(spec: IvshmemSpec, link = new Link()) {
  const states: number[] = [];
  const pins: number[] = [];
  const taker = new TestMessages();
  const host = {
    clock: new ManualClock(),
    storeState: (id: number, state: number) => {
      states[id] = state;
    },
    raisePin: (which: number) => void pins.push(which),
    messages: taker,
  };
  const device = new Ivshmem(spec, link, host);
  link.join(spec.id, device);
  device.reset();
  const configuration = new Configuration([device]);
  const place = BDF << 12;
  const read = (offset: number, width: Width = 4) => configuration.read(place + offset, width);
  const write = (offset: number, value: number, width: Width = 4) => configuration.write(place + offset, width, value);
  const window = (index: number) => configuration.windows[index] as Window;
  return { clock: host.clock, device, link, states, pins, sent: taker.sent, read, write, window, configuration };
}

/** BARs, memory and master. */
function open(end: ReturnType<typeof make>) {
  end.write(0x10, 0xff000000);
  end.write(0x14, 0xff001000);
  end.write(0x04, 6, 2);
  const registers = end.window(0).device;
  return { ...end, registers, set: (offset: number, value: number) => registers.write(offset, 4, value) };
}

test("tells who it is and where the memory lies", () => {
  const { read } = make(pin);
  expect([read(0), read(4), read(8), read(0x2c), read(0x34), read(0x3c)]).toEqual([
    0x4106110a, 0x00100000, 0xff400100, 0x4106110a, 0x40, 0x300,
  ]);
  expect([0x40, 0x44, 0x48, 0x4c, 0x50, 0x54, 0x58, 0x5c].map((at) => read(at))).toEqual([
    0x00200009, 0x1000, 0x9000, 0, 0x2000, 0, 0x3f0f0000, 1,
  ]);
  expect([read(0x80), read(0x2e, 2), read(0x2f, 1)]).toEqual([0xffffffff, 0x4106, 0x41]);
});

test("has MSI-X by vectors, and no pin then", () => {
  const { read } = make(messages);
  expect([read(0x40), read(0x60), read(0x64), read(0x68), read(0x3c)]).toEqual([0x00206009, 0x000f0011, 1, 0x101, 0]);
});

test("absent functions read as ones and refuse writes", () => {
  const { configuration } = make(pin);
  expect([configuration.read(0, 4), configuration.read(2, 2), configuration.read(3, 1)]).toEqual([
    0xffffffff, 0xffff, 0xff,
  ]);
  expect(() => configuration.write(4, 2, 0)).toThrow(Refusal);
});

test("BARs keep what their masks say, and lie where they are when memory is turned on", () => {
  const { read, write, configuration } = make(messages);
  write(0x10, 0xffffffff);
  write(0x18, 0xffffffff);
  expect([read(0x10), read(0x14), read(0x18), configuration.windows]).toEqual([0xfffff000, 0, 0, []]);
  write(0x12, 0xff12, 2);
  write(0x14, 0xff002000);
  write(0x04, 2, 2);
  write(0x10, 0x12340000);
  const places = configuration.windows.map(({ address, size }) => [address, size]);
  expect(places).toEqual([
    [0xff12f000, 0x1000],
    [0xff002000, 0x200],
  ]);
  write(0x04, 0, 2);
  expect(configuration.windows).toEqual([]);
});

test.each([
  [0x00, 4],
  [0x08, 4],
  [0x2c, 4],
  [0x34, 1],
  [0x3c, 4],
  [0x3d, 1],
  [0x80, 4],
] as const)("the header at 0x%x with %i bytes is not to be written", (offset, width) => {
  expect(() => make(pin).write(offset, 0, width)).toThrow(Refusal);
});

test("other places take a write and forget it", () => {
  const { read, write } = make(pin);
  for (const offset of [0x0c, 0x30, 0x44, 0x58, 0x70]) {
    const before = read(offset);
    write(offset, 0x5a5a5a5a);
    expect(read(offset)).toBe(before);
  }
  write(0x04, 0xffff, 2);
  expect(read(0x04)).toBe(0x00100406);
});

test("registers: the ID, the peers, the state; others read 0", () => {
  const { registers, set, states } = open(make(pin));
  set(0x10, 7);
  set(0x00, 9);
  expect([0, 4, 8, 0xc, 0x10, 0x14].map((offset) => registers.read(offset, 4))).toEqual([1, 3, 0, 0, 7, 0]);
  expect(states).toEqual([undefined, 7]);
});

describe("with pins", () => {
  test("a peer's doorbell raises the pin while interrupts are on and the pin is not off", () => {
    const link = new Link();
    const one = open(make(pin, link));
    const two = open(make({ ...pin, id: 2 }, link));
    one.set(0xc, 2 << 16);
    two.set(8, 1);
    one.set(0xc, 2 << 16);
    expect(two.pins).toEqual([3]);
    // No such vector, no such peer, oneself.
    for (const value of [(2 << 16) | 1, 0, 7 << 16, 0xffff0000]) one.set(0xc, value);
    two.write(0x04, 0x406, 2);
    one.set(0xc, 2 << 16);
    expect([two.pins, one.pins]).toEqual([[3], []]);
  });

  test("a change of the state rings all others, and the end of a cell is one", () => {
    const link = new Link();
    const ends = [0, 1, 2].map((id) => open(make({ ...pin, id }, link)));
    for (const end of ends) end.set(8, 1);
    ends[1]?.set(0x10, 5);
    ends[1]?.set(0x10, 5);
    expect(ends.map(({ pins }) => pins.length)).toEqual([1, 0, 1]);
    ends[1]?.device.reset();
    expect(ends.map(({ pins }) => pins.length)).toEqual([2, 0, 2]);
    expect(ends[1]?.states[1]).toBe(0);
  });

  test("in one-shot mode each interrupt turns further ones off, until they are turned on again", () => {
    const link = new Link();
    const one = open(make(pin, link));
    const two = open(make({ ...pin, id: 2 }, link));
    two.write(0x43, 1, 1);
    expect(two.read(0x40)).toBe(0x01200009);
    two.set(8, 1);
    for (let i = 0; i < 3; i++) one.set(0xc, 2 << 16);
    expect([two.pins.length, two.registers.read(8, 4)]).toEqual([1, 0]);
    two.set(8, 1);
    // One that does not arrive uses nothing up.
    one.set(0xc, (2 << 16) | 3);
    expect(two.registers.read(8, 4)).toBe(1);
  });
});

describe("with MSI-X", () => {
  const entry = (end: ReturnType<typeof open>, vector: number, words: readonly number[]) => {
    for (const [i, word] of words.entries()) end.window(1).device.write(16 * vector + 4 * i, 4, word);
  };

  test("each vector sends its message while nothing masks it", () => {
    const link = new Link();
    const one = open(make(messages, link));
    const two = open(make({ ...messages, id: 2 }, link));
    two.set(8, 1);
    two.write(0x62, 0x8000, 2);
    entry(two, 3, [0xfee01000, 0, 0x23, 0]);
    one.set(0xc, (2 << 16) | 3);
    expect(two.sent).toEqual(["1:35"]);
    two.write(0x62, 0xc000, 2);
    one.set(0xc, (2 << 16) | 3);
    two.write(0x60, 0x80000000);
    entry(two, 3, [0xfee02000, 0, 0x24, 1]);
    one.set(0xc, (2 << 16) | 3);
    entry(two, 3, [0xfee02000, 0, 0x24, 0]);
    one.set(0xc, (2 << 16) | 3);
    two.write(0x04, 2, 2);
    one.set(0xc, (2 << 16) | 3);
    expect(two.sent).toEqual(["1:35", "2:36"]);
    expect(two.window(1).device.read(0x38, 4)).toBe(0x24);
  });

  test("a message that can be sent must lead to the cell", () => {
    const end = open(make(messages));
    end.write(0x62, 0x8000, 2);
    entry(end, 0, [0xfee05000, 0, 0x20, 1]);
    expect(() => entry(end, 0, [0xfee05000, 0, 0x20, 0])).toThrow(Refusal);
  });

  test("behind the table nothing can be written; the pending bits read 0", () => {
    const end = open(make({ ...messages, vectors: 2 }));
    const { device } = end.window(1);
    expect([device.read(0x1c, 4), device.read(0x20, 4), device.read(0x100, 4)]).toEqual([1, 0, 0]);
    expect(() => device.write(0x20, 4, 0)).toThrow(Refusal);
    expect(() => device.write(0x100, 4, 0)).toThrow(Refusal);
    expect(() => device.write(0x02, 2, 0)).toThrow(Refusal);
  });

  test("a reset masks and forgets everything", () => {
    const link = new Link();
    const one = open(make(messages, link));
    const two = open(make({ ...messages, id: 2 }, link));
    two.set(8, 1);
    two.write(0x62, 0x8000, 2);
    entry(two, 0, [0xfee01000, 0, 0x23, 0]);
    two.device.reset();
    one.set(0x10, 4);
    expect([two.sent, two.read(0x10), two.read(0x60), two.configuration.windows]).toEqual([[], 0, 0x000f0011, []]);
  });
});

test("a link has each peer once", () => {
  const link = new Link();
  const { device } = make(pin, link);
  expect(link.join(1, device)).toBe(false);
  const other = new Link();
  device.link = other;
  expect([link.join(1, device), other.join(1, device), device.link]).toEqual([true, false, other]);
});

test("who is rung by a peer that is ahead is interrupted in its own time", () => {
  const link = new Link();
  const one = open(make(pin, link));
  const two = open(make({ ...pin, id: 2 }, link));
  two.set(8, 1);
  one.clock.advance(500);
  one.set(0xc, 2 << 16);
  two.clock.advance(499);
  expect(two.pins).toEqual([]);
  two.clock.advance(1);
  expect(two.pins).toEqual([3]);
});
