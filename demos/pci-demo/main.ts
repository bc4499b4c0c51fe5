import { cell, console, hex, irq, pci } from "jh-inmate";

/** Registers of the controller (Intel High Definition Audio Specification 1.0a, 3.3). */
const GCTL: u32 = 0x08;
const WAKEEN: u32 = 0x0c;
const STATESTS: u32 = 0x0e;
const INTCTL: u32 = 0x20;
const REGISTERS_SIZE: u64 = 0x4000;

/** GCTL: 0 resets the controller and the codecs, 1 lets them run. */
const RUN: u32 = 1;
/** INTCTL: everything, and the controller's own events. */
const INTERRUPTS: u32 = (1 << 31) | (1 << 30);
const FIRST_CODECS: u32 = 0x0f;

const VECTOR: u32 = 32;
const MILLISECOND: u64 = 1_000_000;

const found = pci.find();
if (found == null) {
  console.log("No device found!");
  cell.exit();
}
const hda = found!;
console.log(
  `Found ${hex(hda.vendorId, 4)}:${hex(hda.deviceId, 4)} at ${hex(hda.bus, 2)}:${hex(hda.slot, 2)}.${hda.func}`,
);
console.log(`HDBAR at 0x${hex(hda.bar(0), 16)}`);

hda.enable(pci.MEMORY | pci.MASTER);
const registers = hda.map(0, REGISTERS_SIZE);

irq.on(VECTOR, () => {
  // A bit for each codec that has come up. Ones that are written back are cleared.
  const codecs = registers.read16(STATESTS);
  console.log(`HDA MSI received (STATESTS: ${hex(codecs, 4)})`);
  registers.write16(STATESTS, codecs);
});
hda.msi(VECTOR);

registers.write16(STATESTS, registers.read16(STATESTS));
registers.write32(GCTL, 0);
cell.sleep(7 * MILLISECOND);
registers.write32(GCTL, RUN);
registers.write16(WAKEEN, FIRST_CODECS);
registers.write32(INTCTL, INTERRUPTS);
cell.serve();
