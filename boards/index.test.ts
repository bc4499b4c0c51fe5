import { expect, test } from "vitest";
import { UserError } from "../scripts/errors.ts";
import { defineCell, qemuArm64 } from "./config.ts";
import { boards, cellRam, findBoard } from "./index.ts";

const refusal = (message: string) => new UserError(message);

test("boards are found by name", () => {
  expect(findBoard("qemu-arm64")).toBe(qemuArm64);
  for (const [name, board] of Object.entries(boards)) {
    expect(board.name).toBe(name);
    if (board.inmateCell !== undefined) expect(board.cells).toHaveProperty([board.inmateCell]);
  }
});

const list = Object.keys(boards).join(", ");

test.each([
  ["qemu-arm46", `there is no board "qemu-arm46" (did you mean "qemu-arm64"?); boards are ${list}`],
  ["toaster", `there is no board "toaster"; boards are ${list}`],
  ["toString", `there is no board "toString"; boards are ${list}`],
])("%s is none", (name, message) => {
  expect(() => findBoard(name)).toThrow(refusal(message));
});

test("an image needs RAM at the reset address", () => {
  expect(() =>
    cellRam(defineCell({ board: qemuArm64, extend: "qemu-arm64-inmate-demo", resetAddress: 0x9000000 }).cell),
  ).toThrow(
    refusal(
      "cell inmate-demo: no writable, loadable memory at its reset address 0x9000000; " +
        'add ram: "64K" or set resetAddress to where its RAM is',
    ),
  );
});
