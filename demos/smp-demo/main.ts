import { Atomic, console, cpu, irq, smp } from "jh-inmate";

const IPI = irq.ipi(8);
const answered = new Atomic<u32>(0);

function hello(): void {
  console.log(`Hello from CPU ${cpu.id()}!`);
  irq.send(0, IPI);
}

irq.on(IPI, () => {
  console.log(`Received IPI on ${cpu.id()}`);
  answered.add(1);
});

console.log(`Primary CPU has ID ${cpu.id()}`);
console.log(`Found ${smp.count() - 1} other CPUs`);
for (let i: u32 = 1; i < smp.count(); i++) {
  console.log(` Starting CPU ${smp.affinity(i)}`);
  smp.start(i, hello);
  while (answered.load() < i) cpu.wait();
}
