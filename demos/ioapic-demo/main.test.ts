import { startInmate } from "jh-inmate/test";
import { describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";

test("ACPI's timer interrupts by the IOAPIC's pin", async () => {
  const { code, stdout } = await jhInmate(["run", "demos/ioapic-demo", "--seconds", "6"]);
  const [note, ...lines] = stdout.replaceAll("\r", "").trimEnd().split("\n");
  expect(note).toBe("Note: ACPI IRQs are broken for Linux now.");
  expect(lines.length).toBeGreaterThanOrEqual(2);
  expect(new Set(lines)).toEqual(new Set(["ACPI IRQ received, status: 0001"]));
  expect(code).toBe(0);
});

describe("on either target", () => {
  test("ACPI's timer interrupts by the IOAPIC's pin, until the cell is shut down", async () => {
    const cell = await startInmate(import.meta.dirname);
    expect(await cell.lines(1)).toEqual(["Note: ACPI IRQs are broken for Linux now."]);
    const received = "ACPI IRQ received, status: 0001";
    expect(await cell.lines(2, { within: 6000 })).toEqual([received, received]);
    expect(await cell.shutdown()).toBe("accepted");
  });
});
