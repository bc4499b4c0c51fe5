/** What clang (19) does to a conversion on 32-bit x86 with precise traps, unless the runtime sees to it: it leaves the first call out. */
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { requireTools } from "../../scripts/doctor/tools.ts";
import { PLATFORMS } from "../../scripts/pipeline/platform.ts";
import { compilerFlags } from "../../scripts/pipeline/toolchain.ts";

/** Calls in a function that loads an i64, calls another one, and calls that again with the integer as a float. */
function callsWith(conversion: string): number {
  const source = `#include "types.h"
#include "registers.h"
u32 called(f32 value);
u32 caller(u64 *from) {
  u64 value = *from;
  called(1);
  return called((f32)${conversion}(value));
}
`;
  const { clang } = requireTools(["clang"]);
  const flags = compilerFlags({ platform: PLATFORMS["x86-32"], defines: { PRECISE_TRAPS: 1 } }, ".");
  const assembly = execFileSync(clang.path, [...flags, "-O2", "-S", "-x", "c", "-", "-o", "-"], { input: source });
  return assembly.toString().match(/calll\s+called/g)?.length ?? 0;
}

test("with precise traps nothing before the conversion is forgotten", () => {
  expect(callsWith("SIGNED64")).toBe(2);
});
