import { expect, test } from "vitest";
import { boardWithGicv2, runInmate, values } from "./inmate.ts";

test("a cell starts in the state that real Jailhouse gives it", async () => {
  const result = await runInmate("entry");
  expect(result.outcome.states).toEqual(["shut down"]);
  expect(values(result)).toEqual({
    x0: 0n,
    x1: 0n,
    "x2-x30": 0n,
    sp: 0n,
    CurrentEL: 4n,
    SPSel: 1n,
    DAIF: 0x3c0n,
    SCTLR_EL1: 0x30d00800n,
    TCR_EL1: 0n,
    VBAR_EL1: 0n,
    CPACR_EL1: 0x300000n,
    MAIR_EL1: 0n,
    TTBR0_EL1: 0n,
    TTBR1_EL1: 0n,
    SP_EL0: 0n,
    MPIDR_EL1: 0x80000001n,
    CNTFRQ_EL0: 62_500_000n,
    CNTV_CTL_EL0: 0n,
    CNTP_CTL_EL0: 0n,
    // Signature JHCOMM and revision 2; state and message; reply and flags.
    "comm+0": 0x0002_4d4d_4f43_484an,
    "comm+8": 0n,
    "comm+16": 0n,
    // Console: the PL011, type 3, flags 3; no divider, no gate.
    "comm+24": 0x9000000n,
    "comm+32": 0x0003_0003_0000_0000n,
    "comm+40": 0n,
    "comm+48": 0n,
    "comm+56": 0x8e00000n,
    // GICv3: GICD, no GICC, GICR; first SPI of the virtual PCI bus.
    "comm+64": 3n,
    "comm+72": 0x8000000n,
    "comm+80": 0n,
    "comm+88": 0x80a0000n,
    "comm+96": 0x70n,
  });
});

test("a cell that may use the virtual console finds the flags of it", async () => {
  const permitted = await runInmate("entry", { cell: { flags: ["virtual-console-permitted"] } });
  expect(values(permitted)["comm+16"]).toBe(1n << 32n);
  const active = await runInmate("entry", { cell: { flags: ["virtual-console-active"] } });
  expect(values(active)["comm+16"]).toBe(3n << 32n);
});

test("under the real-time fork FP and SIMD are off, and PCI is where its configuration has it, by option", async () => {
  const seen = values(await runInmate("entry", { entry: "rt" }));
  expect(seen).toMatchObject({ CPACR_EL1: 0n, "comm+56": 0x7000000n });
});

test("with a GICv2 the comm region says so", async () => {
  expect(values(await runInmate("entry", { board: boardWithGicv2 }))).toMatchObject({
    "comm+64": 2n,
    "comm+72": 0x8000000n,
    "comm+80": 0x8010000n,
    "comm+88": 0n,
  });
});
