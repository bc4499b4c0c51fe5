import { expect, test } from "vitest";
import { jhInmate } from "./cli.ts";

test("boards lists the boards by architecture, with their formats, and marks what is emulated here", async () => {
  const { code, stdout } = await jhInmate(["boards"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^arm\n {2}bananapi +both +Banana Pi/);
  expect(stdout).toMatch(/\n\narm64\n/);
  expect(stdout).toMatch(/^ {2}qemu-arm64 +both +\* {2}QEMU virt/m);
  expect(stdout).toMatch(/^ {2}zynqmp-zcu102 +both {2,}Xilinx ZCU102/m);
  expect(stdout).toMatch(/^ {2}s32v234sbc +rt {2,}NXP/m);
  expect(stdout).toMatch(/^ {2}imx8dxl +mainline {2,}NXP/m);
});

test("boards NAME tells all about a board", async () => {
  const { code, stdout } = await jhInmate(["boards", "zynqmp-zcu102"]);
  expect(code).toBe(0);
  await expect(stdout).toMatchFileSnapshot("pages/board-zynqmp-zcu102.txt");
});

test("boards NAME says how to run where the board is emulated", async () => {
  const { stdout } = await jhInmate(["boards", "qemu-arm64"]);
  expect(stdout).toContain("emulated here: jh-inmate run DIR --board qemu-arm64; on the board:");
});

test("boards --json is a list, boards NAME --json one board", async () => {
  const [list, one] = await Promise.all([jhInmate(["boards", "--json"]), jhInmate(["boards", "hikey", "--json"])]);
  const boards = JSON.parse(list.stdout) as { name: string }[];
  expect(boards.find(({ name }) => name === "qemu-arm64")).toEqual({
    name: "qemu-arm64",
    arch: "arm64",
    title: expect.any(String),
    formats: "both",
    emulated: true,
  });
  expect(JSON.parse(one.stdout)).toMatchObject({
    name: "hikey",
    emulated: false,
    cpus: [0, 1, 2, 3, 4, 5, 6, 7],
    inmateCell: "hikey-inmate-demo",
    devices: { uart3: { address: "0xf7113000", size: "0x1000", interrupt: 71 } },
    mainline: { systems: ["hikey"], cells: ["hikey-inmate-demo", "hikey-linux-demo"] },
  });
});

test("a board that does not exist has a nearest one", async () => {
  const { code, stderr } = await jhInmate(["boards", "zynqmp-zcu104"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: there is no board "zynqmp-zcu104" \(did you mean "zynqmp-zcu102"\?\); boards are /);
});
