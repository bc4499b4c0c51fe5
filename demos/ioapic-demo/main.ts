import { cell, console, hex, irq } from "jh-inmate";
import { ioapic, pmTimer, port } from "jh-inmate/x86";

const VECTOR: u32 = 32;
const ACPI_PIN: u32 = 9;

// ACPI's event registers lie below its timer: what has happened, and what is to interrupt.
const status = pmTimer.port() - 8;
const enable = status + 2;
const TIMER_EVENT: u32 = 1 << 0;

irq.on(VECTOR, () => {
  const events = port.read16(status);
  console.log(`ACPI IRQ received, status: ${hex(events, 4)}`);
  port.write16(status, events);
});

console.log("Note: ACPI IRQs are broken for Linux now.");
ioapic.route(ACPI_PIN, VECTOR, true);
port.write16(enable, TIMER_EVENT);
cell.serve();
