import { stat } from "node:fs/promises";
import { startInmate } from "jh-inmate/test";
import { describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";

test("prints the stock demo's lines on either serial port, from an image of at most 12 KiB", async () => {
  for (const options of [[], ["--args", "con-base=0x2f8"]]) {
    const { code, stdout } = await jhInmate(["run", "demos/pci-demo", "--expect", "STATESTS.*\\)", ...options]);
    const [found, bar, message] = stdout.replaceAll("\r", "").split("\n");
    expect(found).toBe("Found 8086:2668 at 00:1b.0");
    expect(bar).toMatch(/^HDBAR at 0x00000000[\da-f]{5}000$/);
    expect(message).toBe("HDA MSI received (STATESTS: 0001)");
    expect(code).toBe(0);
  }
  const image = new URL("dist/qemu-x86/pci-demo.bin", import.meta.url);
  expect((await stat(image)).size).toBeLessThanOrEqual(12 * 1024);
});

describe("on either target", () => {
  test.for(["", "con-base=0x2f8"])("the controller's MSI arrives, with %j", async (args) => {
    const cell = await startInmate(import.meta.dirname, { args });
    const [found, bar, message] = await cell.lines(3);
    expect(found).toBe("Found 8086:2668 at 00:1b.0");
    expect(bar).toMatch(/^HDBAR at 0x00000000[\da-f]{5}000$/);
    expect(message).toBe("HDA MSI received (STATESTS: 0001)");
    expect(await cell.shutdown()).toBe("accepted");
  });
});
