import { describe, expect, test } from "vitest";
import { UserError } from "../../scripts/errors.ts";
import { defineCell, defineInmate, qemuArm64 } from "../config.ts";

const stock = qemuArm64.cells["qemu-arm64-inmate-demo"];
const refusal = (message: string) => new UserError(message);

describe("defineInmate", () => {
  test("gives back what it got", () => {
    const config = { name: "gic-demo", board: "qemu-arm64", stack: "8K", traps: "precise", optimize: "speed" } as const;
    expect(defineInmate(config)).toBe(config);
    expect(
      defineInmate({ entry: "app.wasm", cell: defineCell({ board: qemuArm64, extend: "qemu-arm64-inmate-demo" }) }),
    ).toMatchObject({ entry: "app.wasm" });
  });

  test.each<[object, string]>([
    [
      { main: "x.ts" },
      'defineInmate: unknown field "main"; fields are name, board, entry, cell, needs, stack, runtime, traps, bits, optimize, engine, wasm3',
    ],
    [{ name: "a/b" }, 'defineInmate: name "a/b" names files; write letters, digits, ".", "_" and "-"'],
    [{ board: qemuArm64 }, 'defineInmate: board is not a name; write for example board: "qemu-arm64"'],
    [{ entry: "main.c" }, 'defineInmate: entry "main.c" is no program; write the path of a .ts, .wasm or .wat file'],
    [{ cell: stock }, "defineInmate: cell is no cell; write cell: defineCell({ board: … })"],
    [
      { needs: { cpu: 2 } },
      'defineInmate: needs: unknown field "cpu" (did you mean "cpus"?); fields are cpus, console, interrupts, memory, pci, ivshmem',
    ],
    [{ needs: { cpus: 0 } }, "defineInmate: needs: cpus: 0 is no number of CPUs"],
    [
      { needs: { pci: ["1b.0"] } },
      'defineInmate: needs: pci: "1b.0" is no PCI address; write bus, device and function like "00:1b.0"',
    ],
    [{ stack: 100 }, 'defineInmate: a stack of 100 bytes is too small; write at least "1K"'],
    [
      { stack: "8X" },
      'defineInmate: stack: "8X" is not a size or address; write a number of bytes, "64K", "1M" or "0x10000"',
    ],
    [
      { runtime: "incremental" },
      'defineInmate: runtime "incremental" collects in the middle of whatever allocates, which interrupt handlers do not survive; write "stub" or "minimal"',
    ],
    [
      { runtime: "minimum" },
      'defineInmate: runtime: "minimum" is unknown (did you mean "minimal"?); write one of stub, minimal',
    ],
    [{ bits: 16 }, "defineInmate: bits is 16; write 32 or 64"],
    [{ optimize: "fast" }, 'defineInmate: optimize: "fast" is unknown; write one of speed, size'],
  ])("refuses %o", (config, message) => {
    expect(() => defineInmate(config)).toThrow(refusal(message));
  });
});
