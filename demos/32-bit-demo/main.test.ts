import { startInmate } from "jh-inmate/test";
import { describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";

test("says that it runs in 32-bit mode, and ends well", async () => {
  const { code, stdout, stderr } = await jhInmate(["run", "demos/32-bit-demo", "--seconds", "10"]);
  // QEMU's SVM shows its own bit of EFER.
  expect(stdout.replaceAll("\r", "")).toBe("Running in 32-bit mode, EFER: 1000\n");
  expect(stderr).toContain("shut down");
  expect(code).toBe(0);
});

describe("on either target", () => {
  test("says that it runs in 32-bit mode, and ends well", async () => {
    const cell = await startInmate(import.meta.dirname);
    expect(await cell.end()).toBe("shut down");
    expect(cell.console).toBe("Running in 32-bit mode, EFER: 1000\n");
  });
});
