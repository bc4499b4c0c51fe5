import { expect, test } from "vitest";
import { elementAccess } from "./element-access.ts";

const GET = "w2c_app_0x7Elib0x2Fstaticarray0x2FStaticArray0x3Cu320x3E0x23_0x5Fuget";
const BYTES = "w2c_app_0x7Elib0x2Ftypedarray0x2FUint8Array0x23_0x5Fuset";

const body = [
  "var_i0 = var_this;",
  "var_i1 = var_index;",
  "var_i2 = 2u;",
  "var_i1 <<= (var_i2 & 31);",
  "var_i0 += var_i1;",
  "var_i0 = ACCESS(i32_load, var_i0, 0u);",
];

test("an array's element is reached by its index", () => {
  expect(elementAccess(GET, body)).toEqual([
    ...body.slice(0, 3),
    "",
    "NODEBUG u32 array = var_i0, index = var_i1;",
    "var_i0 = ELEMENT(i32_load, array, index, 2u);",
  ]);
});

test("elements of one byte are not shifted; a store's value is computed in between", () => {
  const store = ["var_i0 += var_i1;", "var_i1 = var_value;", "ACCESS(i32_store8, var_i0, 0u, var_i1);"];
  expect(elementAccess(BYTES, store)).toEqual([
    "NODEBUG u32 array = var_i0, index = var_i1;",
    "var_i1 = var_value;",
    "ELEMENT(i32_store8, array, index, 0u, var_i1);",
  ]);
});

test("sums of the program's own keep their 32 bits, as do accessors written in another way", () => {
  expect(elementAccess("w2c_app_main0x2FTable0x23_0x5Fuget", body)).toEqual(body);
  const other = ["var_i0 += var_i1;", "var_i0 = w2c_app_main0x2Fread(var_i0);"];
  expect(elementAccess(GET, other)).toEqual(other);
});
