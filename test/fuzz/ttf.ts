/** Random modules of Binaryen's generator, which makes a valid module of any bytes. */
import { isUserError } from "../../scripts/errors.ts";
import { binaryen } from "./binaryen.ts";
import { callsOf, settled } from "./calls.ts";
import { close } from "./closed.ts";
import { Random } from "./random.ts";
import type { Subject } from "./subject.ts";

/** What every engine takes; a table's and a segment's own instructions are not among it. */
const COMMON = [
  "--mvp-features",
  ...["mutable-globals", "sign-ext", "nontrapping-float-to-int", "multivalue"].map((name) => `--enable-${name}`),
];
const ALL = [...COMMON, ...["bulk-memory", "reference-types"].map((name) => `--enable-${name}`)];

/** Passes that Binaryen's own fuzzer takes to mix what the generator made. */
const SHAPES = [[], ["-O1"], ["-O3"], ["--dae-optimizing"], ["--inlining"]];

/** Without one in a hundred modules: the generator forgets at times which features it may use. */
export async function randomModule(seed: number, features: Subject["features"]): Promise<Subject> {
  const name = `module ${seed}`;
  const random = new Random(seed);
  for (;;) {
    const bounds = random.percent(50) ? ["--no-fuzz-oob"] : [];
    const chosen = [...bounds, ...(features === "all" ? ALL : COMMON), ...random.pick(SHAPES)];
    const bytes = random.bytes(random.between(5_000, 40_000));
    const wasm = await binaryen("wasm-opt", bytes, ["--translate-to-fuzz", "--quiet", ...chosen]);
    try {
      const { wasm: closed, entries } = close(
        wasm,
        name,
        random.pick(features === "all" ? ["sources", "sinks"] : ["quiet", "sinks"]),
      );
      return await settled({ name, wasm: closed, map: undefined, entries, calls: callsOf(random, entries), features });
    } catch (error) {
      if (!isUserError(error)) throw error;
    }
  }
}
