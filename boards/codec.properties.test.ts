/** Properties of the codec, on random input. A failure names its seed: `SEED=n npx vitest run boards/codec.properties.test.ts`. */
import { performance } from "node:perf_hooks";
import { env } from "node:process";
import { describe, expect, test } from "vitest";
import { UserError } from "../scripts/errors.ts";
import { all } from "./all.ts";
import { decodeCell, decodeFile, decodeSystem, encodeCell, encodeSystem } from "./codec.ts";
import { type FormatName, formats } from "./format/formats.ts";
import { Random, randomFields } from "./format/random.ts";
import { type Arch, architectures } from "./format/words.ts";
import { cellArchs } from "./identify.ts";
import type { CellConfig, SystemConfig } from "./model.ts";

const firstSeed = Number(env.SEED ?? 1);
const names = ["mainline", "rt"] as const;
const archs = Object.keys(architectures) as Arch[];

function randomCell(random: Random, name: FormatName): CellConfig {
  const fields = { kind: "cell", colored: [], arch: "x86" as Arch };
  const cell = randomFields(random, formats[name], formats[name].cell, fields) as unknown as CellConfig;
  // The fork's files are for what their contents look like.
  return name === "rt" ? { ...cell, arch: random.pick(cellArchs(cell).archs) } : cell;
}

function randomSystem(random: Random, name: FormatName): SystemConfig {
  const fields = { kind: "system", arch: random.pick(archs) };
  const header = formats[name].system;
  const { arm, ...system } = randomFields(random, formats[name], header, fields) as unknown as SystemConfig;
  return {
    ...system,
    ...(arm && { arm: { ...arm, gicVersion: random.pick([2, 3]) } }),
    // Odd beginnings of the platform part can be either's, which this one cannot.
    ...(system.x86 && { x86: { ...system.x86, pmTimerAddress: 0x608 } }),
    rootCell: { ...system.rootCell, kind: "cell", colored: system.rootCell.colored ?? [], arch: system.arch },
  };
}

describe.each(names)("%s", (name) => {
  const format = formats[name];

  test("500 random cells and 500 random systems survive encoding and decoding", () => {
    for (let seed = firstSeed; seed < firstSeed + 500; seed++) {
      const cell = randomCell(new Random(seed), name);
      expect(decodeCell(encodeCell(cell, format), { format, arch: cell.arch }), `SEED=${seed}`).toEqual(cell);
      const system = randomSystem(new Random(seed), name);
      const again = decodeSystem(encodeSystem(system, format), { format, arch: system.arch });
      expect(again, `SEED=${seed}`).toEqual(system);
    }
  });
});

/** Bytes of all boards' files. */
const files = all.flatMap((board) =>
  names.flatMap((name) => {
    const { systems = {}, cells = {} } = board[name] ?? {};
    return [
      ...Object.values(systems).map((system) => encodeSystem(system, formats[name])),
      ...Object.values(cells).map((cell) => encodeCell(cell, formats[name])),
    ];
  }),
);

/** Where the headers count their arrays: from 52 on, in a system from 356 + 52 on; and the fork's coloured regions. */
const counts = [48, 52, 56, 60, 64, 68, 72, 76, 92, 404, 408, 412, 416, 420, 424, 428, 432, 448];

const mutations: Readonly<Record<string, (random: Random, bytes: Uint8Array) => Uint8Array>> = {
  "flip a bit": (random, bytes) => {
    const at = random.below(bytes.length);
    bytes[at] = bytes[at]! ^ (1 << random.below(8));
    return bytes;
  },
  "set a byte": (random, bytes) => {
    bytes[random.below(bytes.length)] = random.below(256);
    return bytes;
  },
  truncate: (random, bytes) => bytes.slice(0, random.below(bytes.length)),
  "change a count": (random, bytes) => {
    const at = random.pick(counts.filter((offset) => offset + 4 <= bytes.length));
    const count = Number(random.bits(random.pick([1, 4])));
    if (at !== undefined) new DataView(bytes.buffer).setUint32(at, count, true);
    return bytes;
  },
  splice: (random, bytes) => {
    const other = random.pick(files);
    const piece = other.slice(random.below(other.length)).slice(0, random.below(100));
    const at = random.below(bytes.length);
    return Uint8Array.from([...bytes.slice(0, at), ...piece, ...bytes.slice(at + random.below(100))]);
  },
  "join two files": (random, bytes) => Uint8Array.from([...bytes, ...random.pick(files)]),
};

function encodeAgain(bytes: Uint8Array): Uint8Array {
  const { format, config } = decodeFile(bytes, { file: "mutant.cell" });
  return config.kind === "system" ? encodeSystem(config, formats[format]) : encodeCell(config, formats[format]);
}

test("10,000 damaged references give the same bytes again, or one line that says where the damage is", () => {
  const tally = { same: 0, refused: 0 };
  const begin = performance.now();
  for (let seed = firstSeed; seed < firstSeed + 10_000; seed++) {
    const random = new Random(seed);
    const names = random.times(1 + random.below(2), () => random.pick(Object.keys(mutations)));
    let mutant: Uint8Array = random.pick(files).slice();
    for (const name of names) mutant = mutations[name]!(random, mutant);
    const what = `SEED=${seed} (${names.join(", ")})`;
    const start = performance.now();
    try {
      const same = Buffer.compare(encodeAgain(mutant), mutant) === 0;
      if (!same) expect.fail(`${what}: other bytes`);
      tally.same++;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (!placed.test(error.message)) expect.fail(`${what}: ${error.message}`);
      tally.refused++;
    }
    // A decode takes a tenth of a millisecond; the rest is what a busy machine adds.
    if (performance.now() - start > 1000) expect.fail(`${what}: took ${performance.now() - start} ms`);
  }
  // Addresses, sizes and pins hold anything; flags, types, counts and padding do not.
  expect(tally.same).toBeGreaterThan(1500);
  expect(tally.refused).toBeGreaterThan(1500);
  expect(performance.now() - begin).toBeLessThan(30_000);
});

/** Field, offset, found and expected; or, if it is none of the formats, how the file begins. */
const placed =
  /^mutant\.cell: ([\w.[\], ]+ at offset \d+: found .*, expected .*|this is no Jailhouse configuration: it begins with ".*", expected .*)$/;
