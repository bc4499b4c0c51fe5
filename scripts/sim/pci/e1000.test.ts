import { expect, test } from "vitest";
import { ManualClock } from "../../../test/sim/manual-clock.ts";
import { BusError } from "../device.ts";
import { Cable } from "./cable.ts";
import { E1000 } from "./e1000.ts";

const MEMORY = 0x10000;
const [RINGS, BUFFERS] = [0x1000, 0x4000];
const [RECEIVE, TRANSMIT] = [0x2800, 0x3800];
/** 60 bytes, CRC, preamble and gap at 1 Gb/s. */
const SHORT_NS = 84 * 8;

function make(clock: ManualClock, cable: Cable, last: number) {
  const memory = new Uint8Array(MEMORY);
  const view = new DataView(memory.buffer);
  const check = (address: number, length: number) => {
    if (address + length > MEMORY) throw new BusError();
  };
  const bus = {
    load: (address: number, length: number) => {
      check(address, length);
      return memory.slice(address, address + length);
    },
    store: (address: number, bytes: Uint8Array) => {
      check(address, bytes.length);
      memory.set(bytes, address);
    },
  };
  const nic = new E1000(clock, bus, cable, [0x52, 0x54, 0, 0x12, 0x34, last]);
  const set = (offset: number, value: number) => nic.write(offset, 4, value >>> 0);
  const ring = (at: number, base: number) => {
    set(at, base);
    set(at + 8, 128);
    for (let i = 0; i < 8; i++)
      view.setBigUint64(base + 16 * i, BigInt(BUFFERS + (base - RINGS) * 16 + 0x800 * i), true);
  };
  ring(RECEIVE, RINGS);
  ring(TRANSMIT, RINGS + 0x100);
  set(0x100, (1 << 1) | (1 << 15) | (1 << 26));
  set(0x400, (1 << 1) | (1 << 3));
  set(RECEIVE + 0x18, 7);
  /** Descriptors of 0x800 bytes of frame each, reported when done. */
  const send = (index: number, bytes: readonly number[], command = 11) => {
    const descriptor = RINGS + 0x100 + 16 * index;
    memory.set(bytes, Number(view.getBigUint64(descriptor, true)));
    view.setUint16(descriptor + 8, bytes.length, true);
    view.setUint8(descriptor + 11, command);
    set(TRANSMIT + 0x18, index + 1);
  };
  const sent = (index: number) => view.getUint8(RINGS + 0x100 + 16 * index + 12);
  const received = (index: number) => {
    const length = view.getUint16(RINGS + 16 * index + 8, true);
    const at = Number(view.getBigUint64(RINGS + 16 * index, true));
    return view.getUint8(RINGS + 16 * index + 12) === 3 ? [...memory.subarray(at, at + length)] : undefined;
  };
  return { nic, set, send, sent, received, get: (offset: number) => nic.read(offset, 4) };
}

function pair() {
  const clock = new ManualClock();
  const cable = new Cable();
  return { clock, cable, one: make(clock, cable, 1), two: make(clock, cable, 2) };
}
const EVERYBODY = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const to = (last: number, ...rest: number[]) => [0x52, 0x54, 0, 0x12, 0x34, last, ...rest];
const padded = (frame: readonly number[]) => [...frame, ...new Array<number>(60 - frame.length).fill(0)];

test("a frame takes its time, is padded, and then both sides know", () => {
  const { clock, one, two } = pair();
  one.send(0, [...EVERYBODY, 1, 2, 3]);
  clock.advance(SHORT_NS - 1);
  expect([one.sent(0), two.received(0)]).toEqual([0, undefined]);
  clock.advance(1);
  expect([one.sent(0), two.received(0), one.received(0)]).toEqual([1, padded([...EVERYBODY, 1, 2, 3]), undefined]);
  expect([one.get(TRANSMIT + 0x10), two.get(RECEIVE + 0x10)]).toEqual([1, 1]);
});

test("frames go one behind the other, of several descriptors too", () => {
  const { clock, one, two } = pair();
  one.send(0, to(2, 1), 9);
  one.send(1, to(2), 8);
  one.send(2, [2], 9);
  clock.advance(2 * SHORT_NS - 1);
  expect([two.received(0), two.received(1)]).toEqual([padded(to(2, 1)), undefined]);
  clock.advance(1);
  expect(two.received(1)).toEqual(padded(to(2, 2)));
});

test("who is not meant hears nothing, nor who is off, full or out of reach", () => {
  const { clock, one, two } = pair();
  const arrives = (frame: readonly number[]) => {
    const before = two.get(RECEIVE + 0x10);
    one.send(one.get(TRANSMIT + 0x10) % 7, frame);
    clock.advance(1e6);
    return two.get(RECEIVE + 0x10) !== before;
  };
  expect([arrives(to(2)), arrives(to(3)), arrives([1, 0, 0x5e, 0, 0, 1])]).toEqual([true, false, false]);
  two.set(0x100, (1 << 1) | (1 << 3) | (1 << 4));
  expect([arrives(to(3)), arrives([1, 0, 0x5e, 0, 0, 1]), arrives(EVERYBODY)]).toEqual([true, true, false]);
  two.set(RECEIVE, 0xfffffff0);
  expect(arrives(to(2))).toBe(false);
  two.set(RECEIVE, RINGS);
  two.set(RECEIVE + 0x18, two.get(RECEIVE + 0x10));
  one.set(TRANSMIT + 0x10, 0);
  one.set(TRANSMIT + 0x18, 0);
  expect(arrives(to(2))).toBe(false);
});

test("the address is in the EEPROM and, after a reset, in the filter; the PHY keeps what is written", () => {
  const { one } = pair();
  expect([one.get(0x5400), one.get(0x5404)]).toEqual([0x12005452, 0x80000134]);
  const words = [0, 1, 2].map((word) => {
    one.set(0x14, (word << 8) | 1);
    return one.get(0x14) >>> 16;
  });
  expect(words).toEqual([0x5452, 0x1200, 0x0134]);
  one.set(0x20, (1 << 21) | (1 << 26) | 0x800);
  one.set(0x20, (1 << 21) | (2 << 26));
  expect(one.get(0x20)).toBe(0x18200800);
  one.set(0x5404, 0);
  one.set(0, one.get(0) | (1 << 26));
  expect([one.get(0x5404), one.get(0x100), one.get(0x08)]).toEqual([0x80000134, 0, 0x83]);
  one.set(0, 0);
  expect([one.get(0x08), one.nic.read(0x5401, 1)]).toEqual([0x81, 0x54]);
});

test("unplugged it is on another cable", () => {
  const { clock, one, two } = pair();
  two.nic.cable = new Cable();
  one.send(0, EVERYBODY);
  clock.advance(1e6);
  expect(two.received(0)).toBeUndefined();
});
