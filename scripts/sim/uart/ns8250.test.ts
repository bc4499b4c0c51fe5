import { describe, expect, test } from "vitest";
import { ManualClock } from "../../../test/sim/manual-clock.ts";
import { Ns8250, type Ns8250Options } from "./ns8250.ts";

function make(options: Ns8250Options = {}) {
  const clock = new ManualClock();
  const state = { sent: "", line: false, ready: true };
  const timing = options.timing && { ...options.timing, clock };
  const host = {
    transmit: (byte: number) => {
      state.sent += String.fromCharCode(byte);
    },
    isReady: () => state.ready,
  };
  const uart = new Ns8250(host, {
    ...options,
    ...(timing && { timing }),
    interrupt: (level) => {
      state.line = level;
    },
  });
  return { clock, state, uart };
}
const timing = { clock: new ManualClock(), hz: 1_843_200 };
/** Ten bits of sixteen clocks by divisor 1: 115,200 baud. */
const BYTE_NS = 86_806;

test("sends at once, and is empty always", () => {
  const { uart, state } = make();
  for (const byte of Buffer.from("Hello")) uart.write(0, 1, byte);
  expect([state.sent, uart.read(5, 1)]).toEqual(["Hello", 0x60]);
});

test("registers may be four bytes apart, and accesses as wide", () => {
  const { uart, state } = make({ distance: 4 });
  uart.write(0, 4, 0x12345641);
  uart.write(0x1c, 4, 0x5a);
  uart.write(0x1d, 1, 0x77);
  expect([state.sent, uart.read(0x14, 4), uart.read(0x1c, 4), uart.read(0x1d, 1)]).toEqual(["A", 0x60, 0x5a, 0]);
});

test("the divisor lies behind the data and the interrupt enable", () => {
  const { uart, state } = make();
  uart.write(3, 1, 0x83);
  uart.write(0, 1, 0x34);
  uart.write(1, 1, 0x12);
  expect([uart.read(0, 1), uart.read(1, 1), uart.read(3, 1)]).toEqual([0x34, 0x12, 0x83]);
  uart.write(3, 1, 3);
  expect([uart.read(0, 1), uart.read(1, 1), state.sent]).toEqual([0, 0, ""]);
});

describe("on a line of its speed", () => {
  test("one byte is sent while another waits; a third takes its place", () => {
    const { uart, state, clock } = make({ timing });
    uart.write(0, 1, 0x41);
    expect(uart.read(5, 1)).toBe(0x20);
    uart.write(0, 1, 0x42);
    expect(uart.read(5, 1)).toBe(0);
    uart.write(0, 1, 0x43);
    clock.advance(BYTE_NS);
    expect([state.sent, uart.read(5, 1)]).toEqual(["AC", 0x20]);
    clock.advance(BYTE_NS);
    expect(uart.read(5, 1)).toBe(0x60);
  });

  test("the divisor stretches the byte; FIFOs hold sixteen", () => {
    const { uart, state, clock } = make({ timing });
    uart.write(3, 1, 0x83);
    uart.write(0, 1, 12);
    uart.write(3, 1, 3);
    uart.write(2, 1, 1);
    for (let i = 0; i < 18; i++) uart.write(0, 1, 0x61 + i);
    clock.advance(12 * BYTE_NS - 100);
    expect(state.sent).toBe("a");
    clock.advance(17 * 12 * BYTE_NS);
    expect([state.sent, uart.read(5, 1)]).toEqual(["abcdefghijklmnopr", 0x60]);
  });
});

describe("receives", () => {
  test("a byte, which the next overruns unless it was read", () => {
    const { uart } = make();
    uart.receive(1);
    expect([uart.read(5, 1), uart.read(0, 1), uart.read(5, 1)]).toEqual([0x61, 1, 0x60]);
    uart.receive(2);
    uart.receive(3);
    expect([uart.read(5, 1), uart.read(5, 1), uart.read(0, 1)]).toEqual([0x63, 0x61, 3]);
  });

  test("into the FIFO, whose trigger the identification tells from a timeout", () => {
    const { uart, state } = make();
    uart.write(2, 1, 0x41);
    uart.write(1, 1, 1);
    for (const byte of [1, 2, 3]) uart.receive(byte);
    expect([state.line, uart.read(2, 1)]).toEqual([true, 0xcc]);
    uart.receive(4);
    expect(uart.read(2, 1)).toBe(0xc4);
    expect([1, 2, 3, 4].map(() => uart.read(0, 1))).toEqual([1, 2, 3, 4]);
    expect([state.line, uart.read(2, 1)]).toEqual([false, 0xc1]);
    uart.receive(5);
    uart.write(2, 1, 3);
    expect(uart.read(5, 1) & 1).toBe(0);
  });
});

test("interrupts when the transmitter gets empty, once", () => {
  const { uart, state, clock } = make({ timing });
  uart.write(1, 1, 2);
  expect([state.line, uart.read(2, 1), state.line]).toEqual([true, 2, false]);
  uart.write(0, 1, 0x41);
  expect([uart.read(2, 1), uart.read(2, 1)]).toEqual([2, 1]);
  uart.write(0, 1, 0x42);
  expect(state.line).toBe(false);
  clock.advance(BYTE_NS);
  expect(state.line).toBe(true);
  uart.write(0, 1, 0x43);
  expect(state.line).toBe(false);
});

test("on PCs the interrupt goes through OUT2", () => {
  const { uart, state } = make({ gated: true });
  uart.write(1, 1, 2);
  expect(state.line).toBe(false);
  uart.write(4, 1, 8);
  expect(state.line).toBe(true);
});

test("in a loop it hears itself", () => {
  const { uart, state } = make();
  uart.write(4, 1, 0x10);
  uart.write(0, 1, 0x41);
  expect([uart.read(0, 1), state.sent]).toEqual([0x41, ""]);
});

test("TI's is off until its mode says otherwise", () => {
  const { uart, state } = make({ distance: 4, hasMode: true });
  uart.write(0, 4, 0x41);
  uart.write(0x20, 4, 0);
  uart.write(0, 4, 0x42);
  expect([state.sent, uart.read(0x20, 4)]).toEqual(["B", 0]);
});

test("stuck, it never gets empty", () => {
  const { uart, state } = make();
  state.ready = false;
  uart.write(0, 1, 0x41);
  expect([state.sent, uart.read(5, 1)]).toEqual(["", 0]);
});
