import { args, cell, console, dec, irq, mmio, Registers, Statistics, timer } from "jh-inmate";

const beat = timer.hz / 10;
let expected = timer.now() + beat;
const jitter = new Statistics();

const led: Registers | null = args.has("led-reg") ? mmio.map(args.int("led-reg"), 4) : null;
const pin: u32 = 1 << (<u32>args.int("led-pin"));

function blink(led: Registers | null): void {
  if (led) led.toggle(0, pin);
}

console.log("Initializing the GIC...");
irq.on(timer.irq, () => {
  const late = timer.ns(timer.now() - expected);
  jitter.add(late);
  console.log(`Timer fired, jitter: ${dec(late, 6)} ns, min: ${dec(jitter.min, 6)} ns, max: ${dec(jitter.max, 6)} ns`);
  blink(led);
  expected += beat;
  timer.at(expected);
});

console.log("Initializing the timer...");
timer.at(expected);
cell.serve();
