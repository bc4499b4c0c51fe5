import { expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";

test("counts from 1, once a second", async () => {
  const { code, stdout } = await jhInmate(["run", "demos/uart-demo", "--seconds", "3.5"]);
  const lines = stdout.replaceAll("\r", "").trim().split("\n");
  expect(lines).toEqual(["Hello 1 from cell!", "Hello 2 from cell!", "Hello 3 from cell!"]);
  expect(code).toBe(0);
});
