import { startInmate } from "jh-inmate/test";
import { describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";

test("prints its line and ends well", async () => {
  const { code, stdout, stderr } = await jhInmate(["run", "demos/hello", "--seconds", "10"]);
  expect(stdout.replaceAll("\r", "")).toBe("Hello from TypeScript!\n");
  expect(stderr).toContain("shut down");
  expect(code).toBe(0);
});

describe("on either target", () => {
  test("prints its line and ends well", async () => {
    const cell = await startInmate(import.meta.dirname);
    expect(await cell.end()).toBe("shut down");
    expect(cell.console).toBe("Hello from TypeScript!\n");
  });

  test("without a console it ends as well", async () => {
    const cell = await startInmate(import.meta.dirname, { args: "con-type=none" });
    expect(await cell.end()).toBe("shut down");
    expect(cell.console).toBe("");
  });
});
