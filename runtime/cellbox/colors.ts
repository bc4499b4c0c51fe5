/**
 * Cache colours of the real-time fork (jailhouse-abi 6.2): each period of physical memory, as long as a way of the cache, has a page of every
 * colour. A region of some colours is made of these pages of period after period. Of C colours the mask's bit C - 1 is the lowest page's.
 */
import * as run from "./run.ts";

/** Number of a coloured region's page, counted from where the region begins in memory. */
export function pageOf(mask: u64, page: u64): u64 {
  const count = run.colors();
  const share = shareOf(mask);
  let left = page % share;
  let color: u64 = 0;
  while (!has(mask, color) || left-- > 0) color++;
  return (page / share) * count + color;
}

/** Pages that it has of each period. */
export function shareOf(mask: u64): u64 {
  return popcnt(mask & (((<u64>1) << run.colors()) - 1));
}

function has(mask: u64, color: u64): bool {
  return ((mask >> (run.colors() - 1 - color)) & 1) != 0;
}
