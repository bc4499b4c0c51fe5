import { expect, test } from "vitest";
import { assemble } from "../../test/wat.ts";
import { dataBlob } from "./data-blob.ts";
import { parseModule } from "./wasm/module.ts";

const blobOf = async (segments: string) =>
  dataBlob(parseModule(await assemble(`(module (memory 2) ${segments})`), "test"));

test("segments become one blob, gaps are zeros", async () => {
  const blob = await blobOf('(data (i32.const 20) "cd") (data (i32.const 16) "ab")');
  expect(blob).toEqual({ address: 16, bytes: Uint8Array.from([97, 98, 0, 0, 99, 100]) });
});

test("no data is an empty blob", async () => {
  expect(await blobOf("")).toEqual({ address: 0, bytes: new Uint8Array() });
});

test.each([
  ["passive", '(data "ab")'],
  ["overlapping", '(data (i32.const 16) "abcd") (data (i32.const 18) "x")'],
  ["named by an instruction", '(data $d (i32.const 16) "a") (func (data.drop $d))'],
  ["far apart", '(data (i32.const 16) "a") (data (i32.const 60000) "b")'],
])("%s segments stay what they are", async (_, segments) => {
  expect(await blobOf(segments)).toBeUndefined();
});
