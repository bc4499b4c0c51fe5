/** The page by which root drives a memory bomb (jailhouse-abi 5.12). */

/** Offsets of its words of 32 bits, in bytes. */
export const BOMB = { command: 0, size: 4, budget: 8 } as const;

/** Bits of the command; those above are the bomb's id, which it reads once when it starts: they stay as they are. */
const FLAGS = { enable: 0, reads: 1, writes: 2, verbose: 3 } as const;

/** The bomb's buffer, and how far apart it touches it: a cache line. */
export const MOST_BYTES = 4 * 1024 * 1024;
export const STRIDE = 64;

export type BombFlags = Readonly<Record<keyof typeof FLAGS, boolean>>;

/** The lowest four bits of the command. */
export function commandBits(flags: BombFlags): number {
  return (Object.keys(FLAGS) as (keyof BombFlags)[]).reduce(
    (bits, flag) => bits | (Number(flags[flag]) << FLAGS[flag]),
    0,
  );
}
