import { expect, test } from "vitest";
import { wasm2c } from "./wasm2c.ts";

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
/** One function type without operands, one function. */
const FUNCTION = [...[1, 4, 1, 0x60, 0, 0], ...[3, 2, 1, 0]];
const body = (...code: number[]) =>
  Uint8Array.from([...HEADER, ...FUNCTION, 10, code.length + 4, 1, code.length + 2, 0, ...code, 0x0b]);

test("gives the module's C and its header, again and again", async () => {
  const first = await wasm2c(body(), "x.wasm");
  expect(first.source).toContain("wasm2c_app_instantiate");
  expect(first.header).toContain("struct w2c_app");
  expect(await wasm2c(body(), "y.wasm")).toEqual(first);
});

test("what is wrong with a module is one line with its place, and the next module is none the worse", async () => {
  const adds = wasm2c(body(0x6a), "x.wasm");
  await expect(adds).rejects.toThrow(
    "x.wasm: wasm2c refuses the module: at offset 0x18: type mismatch in i32.add, expected [i32, i32] but got []",
  );
  await expect(wasm2c(Uint8Array.from([1, 2, 3]), "x.wasm")).rejects.toThrow("x.wasm: wasm2c refuses the module: ");
  expect(process.exitCode).toBeUndefined();
  expect((await wasm2c(body(), "x.wasm")).source).toContain("wasm2c_app_instantiate");
});
