import { cell, console, cpu, dec } from "jh-inmate";
import { pmTimer } from "jh-inmate/x86";

console.log("Hello from this tiny cell!");
let next = pmTimer.now();
for (let i = 0; i < 10; i++) {
  next += pmTimer.hz;
  cell.sleep(pmTimer.ns(next - pmTimer.now()));
  while (pmTimer.now() < next) cpu.relax();
  console.log(`PM Timer: ${dec(pmTimer.ns(pmTimer.now()), 11)}`);
}
