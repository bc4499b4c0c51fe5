import { cell, console, cpu, hex, pmu } from "jh-inmate";
import { Header } from "./header";
import { monitorOfBoard } from "./monitors";

const header = new Header();
const monitor = monitorOfBoard();
const room = header.room(monitor.sampleSize);

/** One sample each interval, until the log is full or root has had enough. */
function profile(): void {
  const interval = header.interval;
  const most = min<u64>(header.maxCount, room);
  header.count = 0;
  monitor.begin(header);
  let next = pmu.cycles() + interval;
  for (let n: u64 = 0; n < most; n++) {
    let now = pmu.cycles();
    while (now < next) now = pmu.cycles();
    next += interval;
    monitor.sample(header.log, n * monitor.sampleSize, <u32>n, <u32>now);
    header.count = n + 1;
    if (!header.isEnabled) break;
  }
  monitor.end();
}

console.log(`DDR profiler: ${monitor.name}, room for ${room} samples at 0x${hex(header.address)}`);
header.clear();
while (true) {
  header.sign();
  while (!header.isEnabled) {
    cell.poll();
    cpu.relax();
  }
  profile();
  if (header.stopsItself) header.disable();
}
