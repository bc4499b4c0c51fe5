import { Atomic, Barrier, console, smp } from "jh-inmate";

const LIMIT: u32 = 200_000;

/** The next number to look at: each CPU takes one after the other. */
const next = new Atomic<u32>(2);
const primes = new Atomic<u32>(0);
const all = new Barrier(smp.count());

function isPrime(n: u32): bool {
  for (let divisor: u32 = 2; divisor * divisor <= n; divisor++) if (n % divisor == 0) return false;
  return true;
}

function work(): void {
  all.wait();
  let found: u32 = 0;
  for (let n = next.add(1); n < LIMIT; n = next.add(1)) if (isPrime(n)) found++;
  primes.add(found);
  console.log(`CPU ${smp.current()} found ${found}`);
  all.wait();
}

console.log(`The cell has ${smp.count()} CPUs`);
for (let cpu: u32 = 1; cpu < smp.count(); cpu++) smp.start(cpu, work);
work();
console.log(`There are ${primes.load()} primes below ${LIMIT}`);
