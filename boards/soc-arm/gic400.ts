/** The GIC-400, and the same GICv2 inside Cortex-A7 and A15: fixed offsets from one base (Arm GIC-400 TRM, 3.2). */
import type { Device, GicSpec } from "../define/specs.ts";

/** @param base PERIPHBASE, 4 KiB below the distributor */
export function gic400(base: bigint) {
  const devices = {
    gicd: { address: base + 0x1000n, size: 0x1000n },
    gicc: { address: base + 0x2000n, size: 0x2000n },
    gich: { address: base + 0x4000n, size: 0x2000n },
    gicv: { address: base + 0x6000n, size: 0x2000n },
  } satisfies Record<string, Device>;
  const gic: GicSpec = {
    version: 2,
    distributor: devices.gicd.address,
    cpuInterface: devices.gicc.address,
    hypervisorInterface: devices.gich.address,
    virtualInterface: devices.gicv.address,
  };
  return { devices, gic };
}
