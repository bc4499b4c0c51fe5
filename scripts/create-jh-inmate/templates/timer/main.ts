import { cell, console, dec, irq, Statistics, timer } from "jh-inmate";

const beat = timer.hz / 10;
const jitter = new Statistics();
let expected = timer.now() + beat;

// Called from the interrupt vector, ten times a second. How late it is says how well the cell is isolated.
irq.on(timer.irq, () => {
  jitter.add(timer.ns(timer.now() - expected));
  console.log(`tick ${jitter.count}, mean jitter ${dec(jitter.mean, 7)} ns, worst ${dec(jitter.max, 7)} ns`);
  expected += beat;
  timer.at(expected);
});

console.log(`The counter runs at ${timer.hz} Hz`);
timer.at(expected);
cell.serve();
