import { startInmates } from "jh-inmate/test";
import { beforeAll, describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";
import { FakeCell } from "../../test/fake-cell/cell.ts";
import { compileFolder } from "../../test/fake-cell/compile.ts";
import { FakeNic, type Frame } from "../../test/fake-cell/e1000.ts";
import { FakePci } from "../../test/fake-cell/pci.ts";

const ECAM = 0x8e00000n;
const SECOND = 62_500_000n;
const OWN = 0x573412005452n;
const [SMALLER, LARGER] = [0x563412005452n, 0x583412005452n];
const EVERYBODY = 0xffffffffffffn;
const [ANNOUNCE, TARGET_ROLE, PING, PONG] = [0x4a, 0x14a, 0x24a, 0x34a];

const BEGINNING = [
  "Found 8086:100e at 00:19.0",
  "MMIO register BAR at 0x00000000febc0000",
  "Waiting for link... ok",
  "Link speed: 1000 Mb/s",
  "MAC: 52:54:00:12:34:57",
];

let program: WebAssembly.Module;
beforeAll(async () => {
  program = await compileFolder("demos/e1000-demo");
});

/** Runs for so long; `peer` is asked at each wait of the program that has set up its rings. Gives the lines behind the first ones. */
function play(
  seconds: bigint,
  peer: (nic: FakeNic, frames: readonly Frame[]) => void,
  prepare?: (nic: FakeNic) => void,
) {
  const cell = new FakeCell();
  const nic = new FakeNic(cell, OWN);
  prepare?.(nic);
  cell.comm.setBigUint64(56, ECAM, true);
  cell.regions.push(new FakePci(ECAM, 1, [nic.function]).ecam);
  cell.more.physical = (pointer: number) => BigInt(pointer);
  let [seen, start] = [0, 0n];
  cell.onWait = () => {
    if (!cell.uart.includes("MAC")) return;
    start ||= cell.counter;
    if (cell.counter > start + seconds * SECOND) cell.send(1);
    const news = nic.sent.slice(seen);
    seen = nic.sent.length;
    peer(nic, news);
  };
  cell.run(program);
  const lines = cell.uart.split("\r\n").slice(0, -1);
  return { nic, types: nic.sent.map(({ type }) => type), beginning: lines.slice(0, 5), lines: lines.slice(5) };
}

const to = (nic: FakeNic, from: bigint, type: number) => nic.receive({ to: OWN, from, type });

test("alone it announces itself every second and waits", () => {
  const { beginning, lines, nic, types } = play(3n, () => {});
  expect(beginning).toEqual(BEGINNING);
  expect(lines).toEqual(["Waiting for peer"]);
  expect(types).toEqual([ANNOUNCE, ANNOUNCE, ANNOUNCE]);
  expect(nic.sent[0]).toMatchObject({ to: EVERYBODY, from: OWN });
});

test("the address may be in the EEPROM", () => {
  const { beginning } = play(
    0n,
    () => {},
    (nic) => {
      nic.eeprom = [0x1100, 0x3322, 0x5544];
    },
  );
  expect(beginning.at(-1)).toBe("MAC: 00:11:22:33:44:55");
});

test("who answers the announcement asks, and gets answers", () => {
  let pings = 0;
  const { lines, types, nic } = play(2n, (nic, news) => {
    if (news.some(({ type }) => type === ANNOUNCE)) to(nic, LARGER, TARGET_ROLE);
    if (news.some(({ type }) => type !== PING) && pings++ < 5) to(nic, LARGER, PING);
  });
  expect(lines[0]).toBe("Running as target");
  expect(types.slice(0, 6)).toEqual([ANNOUNCE, PONG, PONG, PONG, PONG, PONG]);
  expect(nic.sent[1]).toMatchObject({ to: LARGER, from: OWN });
});

test("who announces itself is asked ten times a second; the first round trip counts for nothing", () => {
  let announced = false;
  const { lines, types, nic } = play(1n, (nic, news) => {
    if (news.some(({ type }) => type === PING)) to(nic, SMALLER, PONG);
    if (nic.sent.length > 0 || announced) return;
    announced = true;
    to(nic, SMALLER, ANNOUNCE);
  });
  expect(lines[0]).toBe("Running as controller");
  expect(types.slice(0, 3)).toEqual([TARGET_ROLE, PING, PING]);
  const rounds = lines.slice(1);
  expect(rounds.length).toBe(types.filter((type) => type === PING).length - 1);
  expect(rounds.length).toBeGreaterThanOrEqual(9);
  for (const line of rounds)
    expect(line).toMatch(/^Received pong, RTT: [ \d]{6} ns, min: [ \d]{6} ns, max: [ \d]{6} ns$/);
  const pings = nic.sent.filter(({ type }) => type === PING).map(({ at }) => at);
  expect(Number(pings[5]! - pings[4]!) / Number(SECOND)).toBeCloseTo(0.1, 2);
});

test("a peer that never heard its role is told anew: after a second without an answer the announcing begins again", () => {
  let heard = false;
  const { lines, types } = play(3n, (nic, news) => {
    if (nic.sent.length === 0 && !heard) to(nic, SMALLER, ANNOUNCE);
    heard ||= nic.sent.length === 0;
    if (news.some(({ type }) => type === ANNOUNCE)) to(nic, SMALLER, TARGET_ROLE);
  });
  expect(types.slice(0, 3)).toEqual([TARGET_ROLE, PING, ANNOUNCE]);
  expect(lines.slice(0, 2)).toEqual(["Running as controller", "Running as target"]);
});

test("announcements that cross: what comes of ours decides, else the other is invited", () => {
  const crossing = (answers: boolean) =>
    play(1n, (nic, news) => {
      if (!news.some(({ type }) => type === ANNOUNCE)) return;
      to(nic, SMALLER, ANNOUNCE);
      if (answers) to(nic, SMALLER, TARGET_ROLE);
    });
  expect(crossing(true).lines[0]).toBe("Running as target");
  expect(crossing(false)).toMatchObject({ lines: ["Running as controller"], types: [ANNOUNCE, TARGET_ROLE, PING] });
});

test.each([
  [SMALLER, ["Running as controller"]],
  [LARGER, ["Running as controller", "Running as target"]],
])("of two that ask the one with the larger address does", (peer, expected) => {
  let invited = false;
  const { lines } = play(1n, (nic, news) => {
    if (nic.sent.length === 0 && !invited) to(nic, peer, ANNOUNCE);
    invited ||= nic.sent.length === 0;
    if (news.some(({ type }) => type === TARGET_ROLE)) to(nic, peer, TARGET_ROLE);
  });
  expect(lines.filter((line) => line.startsWith("Running"))).toEqual(expected);
});

test("a controller that cannot reach the cell's memory is told of", () => {
  const { lines } = play(
    3n,
    () => {},
    (nic) => {
      nic.hasDma = false;
    },
  );
  expect(lines[0]).toMatch(
    /^\*\*\* e1000: the controller does not read its ring: the RAM of the cell needs the flag "dma"/,
  );
});

test("two cells with a card each play ping-pong", async () => {
  const args = ["run", "demos/e1000-demo", "demos/e1000-demo/peer", "--seconds", "4"];
  const { code, stdout } = await jhInmate(args);
  expect(stdout).toContain("Running as target");
  const rounds = stdout.match(/Received pong, RTT: [ \d]{6,} ns, min: [ \d]{6,} ns, max: [ \d]{6,} ns/g);
  expect(rounds?.length).toBeGreaterThanOrEqual(5);
  expect(code).toBe(0);
});

describe("on either target", () => {
  test("two cells with a card each find their roles and play ping-pong", async () => {
    const [one, peer] = await startInmates([import.meta.dirname, `${import.meta.dirname}/peer`]);
    await one?.line(/^MAC: /);
    await peer?.line(/^MAC: /);
    // Who asks and who answers may change once, when announcements cross.
    await one?.advance(4000);
    const lines = `${one?.console}${peer?.console}`.split("\n");
    expect(lines).toContain("Running as controller");
    expect(lines).toContain("Running as target");
    const round = /^Received pong, RTT: [ \d]{6,} ns, min: [ \d]{6,} ns, max: [ \d]{6,} ns$/;
    expect(lines.filter((line) => round.test(line)).length).toBeGreaterThanOrEqual(5);
    expect(await one?.shutdown()).toBe("accepted");
    expect([one?.state, peer?.state]).toEqual(["shut down", "running"]);
  });
});
