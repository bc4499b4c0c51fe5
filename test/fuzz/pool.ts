/** At most this many at a time: what runs is compilers and emulators. */
const MOST = 2;
let running = 0;
const waiting: (() => void)[] = [];

export async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (running === MOST) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
