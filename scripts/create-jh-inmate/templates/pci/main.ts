import { cell, console, hex, irq, panic, pci } from "jh-inmate";

// The sound card of QEMU's PC (Intel High Definition Audio Specification 1.0a, 3.3).
const GCTL: u32 = 0x08;
const WAKEEN: u32 = 0x0c;
const STATESTS: u32 = 0x0e;
const INTCTL: u32 = 0x20;
const REGISTERS_SIZE: u64 = 0x4000;

const RUN: u32 = 1 << 0;
const ALL_CODECS: u32 = 0x7fff;
const INTERRUPTS: u32 = (1 << 31) | (1 << 30);

const IRQ: u32 = 32;
const MILLISECOND: u64 = 1_000_000;

const found = pci.find();
if (found == null) panic("the cell has no PCI device: see pci in its configuration");
const hda = found!;
console.log(`Found ${hex(hda.vendorId, 4)}:${hex(hda.deviceId, 4)}, registers at 0x${hex(hda.bar(0))}`);

hda.enable(pci.MEMORY | pci.MASTER);
const registers = hda.map(0, REGISTERS_SIZE);

// A bit for each codec that has woken up; it is cleared by writing it back.
irq.on(IRQ, () => {
  const codecs = registers.read16(STATESTS);
  registers.write16(STATESTS, codecs);
  console.log(`MSI: codecs ${hex(codecs, 4)} are awake`);
});
hda.msi(IRQ);

console.log("Resetting the controller");
registers.write32(GCTL, 0);
cell.sleep(MILLISECOND);
registers.write32(GCTL, RUN);
registers.write16(WAKEEN, ALL_CODECS);
registers.write32(INTCTL, INTERRUPTS);
cell.serve();
