import { args, cell, console, hex, irq, ivshmem } from "jh-inmate";

const SECOND: u64 = 1_000_000_000;

const found = ivshmem.open();
if (found == null) {
  console.log("IVSHMEM: No PCI devices found .. nothing to do.");
  cell.exit();
}
const link = found!;
const own = link.output(link.id);

function introduce(): void {
  const device = link.device;
  console.log(`IVSHMEM: Found device at ${hex(device.bus, 2)}:${hex(device.slot, 2)}.${device.func}`);
  if (link.protocol != ivshmem.UNDEFINED) {
    console.log(`IVSHMEM: class/revision ${hex(device.read32(8), 8)}, not supported`);
    cell.exit();
  }
  const inputs = link.base + link.states.size + link.common.size;
  console.log(`IVSHMEM: bar0 is at 0x${hex(device.bar(0), 16)}`);
  if (link.vectors != 0) console.log(`IVSHMEM: bar1 is at 0x${hex(device.bar(1), 16)}`);
  console.log(`IVSHMEM: ID is ${link.id}`);
  console.log(`IVSHMEM: max. peers is ${link.peers}`);
  console.log(`IVSHMEM: state table is at 0x${hex(link.base, 16)}`);
  console.log(`IVSHMEM: R/W section is at 0x${hex(link.base + link.states.size, 16)}`);
  console.log(`IVSHMEM: input sections start at 0x${hex(inputs, 16)}`);
  console.log(`IVSHMEM: output section is at 0x${hex(inputs + link.id * link.outputSize, 16)}`);
}

function dump(): void {
  for (let i: u32 = 0; i < link.peers; i++) console.log(`state[${i}] = ${link.state(i)}`);
  for (let i: u32 = 0; i < link.peers; i++) console.log(`rw[${i}] = ${link.common.load32(i << 2)}`);
  for (let i: u64 = 0; i < link.outputs.size; i += link.outputSize) {
    console.log(`in@0x${hex(i, 4)} = ${link.outputs.load32(i)}`);
  }
}

/** With MSI-X there are four interrupts from here on, one a vector; with a pin only this one. */
const firstIrq = <u32>args.int("irq_base", cell.vpciIrqBase() + 32);
const vectors: u32 = link.vectors != 0 ? 4 : 1;
const counts = new StaticArray<u32>(vectors);

function rung(): void {
  const vector = irq.current() - firstIrq;
  counts[vector]++;
  const told = counts[vectors > 1 ? link.id : 0];
  link.common.store32(link.id << 2, told);
  own.store32(0, told * 10);
  console.log(`IVSHMEM: got interrupt ${vector} (#${counts[vector]})`);
  dump();
}

introduce();
for (let vector: u32 = 0; vector < vectors; vector++) {
  irq.on(firstIrq + vector, rung);
  link.connect(vector, firstIrq + vector);
}
link.enable();
link.common.store32(link.id << 2, 0);
own.store32(0, 0);
link.setState(link.id + 1);
console.log("IVSHMEM: initialized device");
dump();

const target = <u32>args.int("target", (link.id + 1) % link.peers);
const vector: u32 = vectors > 1 ? link.id + 1 : 0;
while (true) {
  cell.sleep(SECOND);
  console.log(`\nIVSHMEM: sending IRQ ${vector} to peer ${target}`);
  link.ring(target, vector);
}
