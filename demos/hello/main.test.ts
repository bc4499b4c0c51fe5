import { expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";

test("prints its line and ends well", async () => {
  const { code, stdout, stderr } = await jhInmate(["run", "demos/hello", "--seconds", "10"]);
  expect(stdout.replaceAll("\r", "")).toBe("Hello from TypeScript!\n");
  expect(stderr).toContain("shut down");
  expect(code).toBe(0);
});
