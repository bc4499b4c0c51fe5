/**
 * The intrinsics: everything that an inmate needs from the machine and that Wasm cannot express.
 *
 * One row a function. From this table come the AssemblyScript declarations (`sdk/jh.ts`, made by `npm run generate`), the C prototypes
 * that the definitions in `runtime/ARCH/intrinsics.h` are compiled against, and the list of imports that `build` accepts.
 *
 * `intrinsics/` has the rows, by subject.
 *
 * Three kinds of address occur:
 * - a *pointer* (u32) is an offset into the linear memory of the module, as everywhere in Wasm;
 * - a *device address* (u32) is what `map_device` returned: a virtual address for `read*` and `write*`;
 * - a *native address* (u64) is any virtual address of the machine, for `load*` and `store*`.
 */
import { atomics } from "./intrinsics/atomics.ts";
import { cell, faults } from "./intrinsics/cell.ts";
import { cpu, cpus, interrupts, time } from "./intrinsics/cpu.ts";
import { device } from "./intrinsics/device.ts";
import { memory } from "./intrinsics/memory.ts";
import { monitor } from "./intrinsics/monitor.ts";
import { pmu, translation } from "./intrinsics/pmu.ts";
import type { Intrinsic } from "./intrinsics/row.ts";
import { x86 } from "./intrinsics/x86.ts";

export type { ImageArch, Intrinsic, ValueType } from "./intrinsics/row.ts";

export const INTRINSICS: readonly Intrinsic[] = [
  ...device,
  ...memory,
  ...cpu,
  ...cpus,
  ...atomics,
  ...time,
  ...interrupts,
  ...cell,
  ...faults,
  ...pmu,
  ...translation,
  ...x86,
  ...monitor,
];
