import { args, cell, console, cpu, dec, irq, mmio, Registers, Statistics, timer } from "jh-inmate";
import { apicTimer, cache, smi } from "jh-inmate/x86";

const WINDOW: usize = 512 * 1024;
const beat = timer.hz / 10;
let expected: u64 = 0;
const jitter = new Statistics();

const led: Registers | null = args.has("led-reg") ? mmio.map(args.int("led-reg"), 4) : null;
const pin: u32 = 1 << (<u32>args.int("led-pin"));

const pollutes = args.bool("pollute-cache");
const window: usize = pollutes ? heap.alloc(WINDOW) : 0;
const countsSmis = smi.isCounted();
const smisAtStart: u32 = countsSmis ? smi.count() : 0;

cell.lock();

let refused = false;
cell.onShutdown(() => {
  const may = refused;
  refused = true;
  console.log(may ? "Stopped APIC demo" : "Rejecting first shutdown request - try again!");
  return may;
});

function blink(led: Registers | null): void {
  if (led) led.toggle(0, pin);
}

irq.on(timer.irq, () => {
  const late = timer.ns(timer.now() - expected);
  jitter.add(late);
  console.write(
    `Timer fired, jitter: ${dec(late, 6)} ns, min: ${dec(jitter.min, 6)} ns, max: ${dec(jitter.max, 6)} ns`,
  );
  const smis = countsSmis ? smi.count() - smisAtStart : 0;
  if (smis != 0) console.write(`, SMIs: ${smis}`);
  console.log();
  blink(led);
  expected += beat;
  timer.at(expected);
});

/** Writes to every cache line of the window, so that the handler finds the cache full of other things. */
function pollute(): void {
  for (let at: usize = 0; at < WINDOW; at += cache.lineSize()) store<u8>(window + at, load<u8>(window + at) ^ 0xaa);
}

if (pollutes) console.log("Cache pollution enabled");
if (countsSmis) console.log(`Initial number of SMIs: ${smisAtStart}`);
console.log(
  `Calibrated TSC frequency: ${timer.hz / 1000}.${(timer.hz / 100) % 10}${(timer.hz / 10) % 10}${timer.hz % 10} kHz`,
);
console.log(`Calibrated APIC frequency: ${apicTimer.khz()} kHz`);

expected = timer.now() + timer.hz / 1000;
timer.at(expected);
while (true) {
  cell.poll();
  if (pollutes) pollute();
  else cpu.wait();
}
