import { startInmate, startInmates } from "jh-inmate/test";
import { beforeAll, describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";
import { FakeCell } from "../../test/fake-cell/cell.ts";
import { compileFolder } from "../../test/fake-cell/compile.ts";
import { FakeLink, MEMORY, withPin, withVectors } from "../../test/fake-cell/ivshmem.ts";

const SECOND = 62_500_000n;
const DOORBELL = 12;

let program: WebAssembly.Module;
beforeAll(async () => {
  program = await compileFolder("demos/ivshmem-demo");
});

test("introduces itself, rings its neighbour every second, and tells when it is rung", () => {
  const cell = new FakeCell();
  const link = new FakeLink(cell, withPin);
  cell.ram.set(MEMORY + 8n, 3);
  let rung = false;
  cell.onWait = () => {
    if (cell.counter > 3n * SECOND) cell.send(1);
    if (rung || cell.counter < SECOND / 2n) return;
    rung = true;
    cell.pending.push(144);
  };
  cell.run(program);
  const dump = (told: number) => [
    ...["state[0] = 0", "state[1] = 0", "state[2] = 3", "rw[0] = 0", `rw[1] = ${told}`, "rw[2] = 0"],
    ...["in@0x0000 = 0", `in@0x2000 = ${told * 10}`, "in@0x4000 = 0"],
  ];
  expect(cell.uart.split("\r\n").slice(0, -1)).toEqual([
    "IVSHMEM: Found device at 00:00.0",
    "IVSHMEM: bar0 is at 0x00000000ff000000",
    "IVSHMEM: ID is 1",
    "IVSHMEM: max. peers is 3",
    "IVSHMEM: state table is at 0x000000007faf0000",
    "IVSHMEM: R/W section is at 0x000000007faf1000",
    "IVSHMEM: input sections start at 0x000000007fafa000",
    "IVSHMEM: output section is at 0x000000007fafc000",
    "IVSHMEM: initialized device",
    ...dump(0),
    "IVSHMEM: got interrupt 0 (#1)",
    ...dump(1),
    ...["", "IVSHMEM: sending IRQ 0 to peer 2", "", "IVSHMEM: sending IRQ 0 to peer 2"],
  ]);
  expect(link.register(DOORBELL)).toBe(2 << 16);
  expect(cell.enabled).toEqual(new Set([144]));
});

test("without a device, and with one that speaks something else, it says so and ends", () => {
  const none = new FakeCell();
  none.run(program);
  expect(none.uart).toBe("IVSHMEM: No PCI devices found .. nothing to do.\r\n");
  const other = new FakeCell();
  new FakeLink(other, withVectors);
  other.run(program);
  expect(other.uart).toBe("IVSHMEM: Found device at 00:00.0\r\nIVSHMEM: class/revision ff123400, not supported\r\n");
});

test.each([
  ["qemu-arm64", 0],
  ["qemu-x86", 2],
])("two cells ring each other on %s", async (board, vector) => {
  const args = ["run", "demos/ivshmem-demo", "demos/ivshmem-demo/peer", "--board", board, "--seconds", "20"];
  const { code, stdout } = await jhInmate([...args, "--expect", `got interrupt ${vector} \\(#2\\)`]);
  expect(stdout).toContain("ivshmem-demo | IVSHMEM: ID is 1");
  expect(stdout).toContain("ivshmem-peer | IVSHMEM: ID is 2");
  expect(stdout).toContain(`ivshmem-demo | IVSHMEM: sending IRQ ${vector} to peer 2`);
  expect(code).toBe(0);
});

describe("on either target", () => {
  test.for([
    ["qemu-arm64", 0, 0],
    ["qemu-x86", 3, 2],
  ] as const)("two cells ring each other on %s", async ([board, vectorOfOne, vectorOfPeer]) => {
    const peerFolder = `${import.meta.dirname}/peer`;
    const [one, peer] = await startInmates([import.meta.dirname, { dir: peerFolder, args: "target=1" }], { board });
    await one?.line("IVSHMEM: ID is 1");
    await peer?.line("IVSHMEM: ID is 2");
    await one?.line(`got interrupt ${vectorOfOne} (#2)`);
    await peer?.line(`got interrupt ${vectorOfPeer} (#2)`);
    expect(await one?.shutdown()).toBe("accepted");
    expect([one?.state, peer?.state]).toEqual(["shut down", "running"]);
  });

  test("a cell alone rings nobody", async () => {
    const cell = await startInmate(import.meta.dirname, { board: "qemu-arm64" });
    await cell.line("IVSHMEM: initialized device");
    await cell.line("IVSHMEM: sending IRQ 0 to peer 2");
    expect(cell.console).not.toContain("got interrupt");
  });
});
