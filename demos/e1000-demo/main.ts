import { cell, console, cpu, hex, pci } from "jh-inmate";
import * as controller from "./e1000/controller";
import { Receiver, Transmitter } from "./e1000/rings";
import { PingPong } from "./ping-pong";

const REGISTERS_SIZE: u64 = 128 * 1024;

const found = pci.find();
if (found == null) {
  console.log("No device found!");
  cell.exit();
}
const nic = found!;
console.log(
  `Found ${hex(nic.vendorId, 4)}:${hex(nic.deviceId, 4)} at ${hex(nic.bus, 2)}:${hex(nic.slot, 2)}.${nic.func}`,
);
console.log(`MMIO register BAR at 0x${hex(nic.bar(0), 16)}`);
nic.enable(pci.MEMORY | pci.MASTER);

const registers = nic.map(0, REGISTERS_SIZE);
controller.reset(registers);
console.write("Waiting for link...");
while (!controller.isLinkUp(registers)) {
  cell.poll();
  cpu.relax();
}
console.log(" ok");
console.log(`Link speed: ${controller.linkSpeed(registers)} Mb/s`);

const address = controller.readAddress(registers);
console.write(`MAC: ${hex(<u8>address, 2)}`);
for (let shift: u64 = 8; shift < 48; shift += 8) console.write(`:${hex(<u8>(address >> shift), 2)}`);
console.log();
controller.listenTo(registers, address);

const game = new PingPong(address, new Receiver(registers), new Transmitter(registers));
while (true) {
  cell.poll();
  game.step();
}
