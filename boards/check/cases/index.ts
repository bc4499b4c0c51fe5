/** A case for each finding. */
import { colorCases } from "./colors.ts";
import { cpuCases } from "./cpus.ts";
import { deviceCases } from "./devices.ts";
import type { Case } from "./fixture.ts";
import { formatCases } from "./format.ts";
import { ivshmemCases } from "./ivshmem.ts";
import { memoryCases } from "./memory.ts";
import { overlapCases } from "./memory-overlaps.ts";
import { pciCases } from "./pci.ts";
import { subPageCases } from "./sub-pages.ts";
import { x86Cases } from "./x86-devices.ts";

export const all: readonly Case[] = [
  ...formatCases,
  ...cpuCases,
  ...memoryCases,
  ...overlapCases,
  ...subPageCases,
  ...deviceCases,
  ...pciCases,
  ...ivshmemCases,
  ...x86Cases,
  ...colorCases,
];
