import { expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";

test("ACPI's timer interrupts by the IOAPIC's pin", async () => {
  const run = ["run", "demos/ioapic-demo", "--seconds", "10", "--expect", "(ACPI IRQ received, status: 0001\\s+){2}"];
  const { code, stdout } = await jhInmate(run);
  expect(stdout.split("\r\n")[0]).toBe("Note: ACPI IRQs are broken for Linux now.");
  expect(code).toBe(0);
});
