/** The checks of `jh-inmate config check`: a system and its cells, in either format, from files or made in TypeScript. */
import type { Finding, Rule } from "./finding.ts";
import { colorRules } from "./rules/colors.ts";
import { commRules } from "./rules/comm.ts";
import { consoleRules } from "./rules/console.ts";
import { cpuRules } from "./rules/cpus.ts";
import { formatRules } from "./rules/format.ts";
import { hypervisorRules } from "./rules/hypervisor.ts";
import { interruptRules } from "./rules/interrupts.ts";
import { ivshmemDeviceRules } from "./rules/ivshmem-devices.ts";
import { ivshmemLinkRules } from "./rules/ivshmem-links.ts";
import { memoryRules } from "./rules/memory.ts";
import { overlapRules } from "./rules/memory-overlaps.ts";
import { pciRules } from "./rules/pci.ts";
import { streamRules } from "./rules/streams.ts";
import { subPageRules } from "./rules/sub-pages.ts";
import { systemRules } from "./rules/system.ts";
import { x86Rules } from "./rules/x86.ts";
import { type CellFile, configurationSet, type SystemFile } from "./set.ts";

export type { Finding, Rule, Severity } from "./finding.ts";
export type { CellFile, SystemFile } from "./set.ts";

/** All that is looked for, by subject. */
export const rules: readonly Rule[] = [
  ...formatRules,
  ...systemRules,
  ...cpuRules,
  ...memoryRules,
  ...overlapRules,
  ...subPageRules,
  ...hypervisorRules,
  ...commRules,
  ...consoleRules,
  ...interruptRules,
  ...pciRules,
  ...ivshmemDeviceRules,
  ...ivshmemLinkRules,
  ...streamRules,
  ...x86Rules,
  ...colorRules,
];

export interface CheckOptions {
  /** Colours of the machine's cache (real-time fork), which no file tells; by default 16, or more if a mask needs it. */
  readonly colors?: number;
}

/**
 * What is wrong with a system and cells that are to exist in it at the same time, errors first.
 * @param cells none: the system alone
 */
export function checkConfigurations(
  system: SystemFile,
  cells: readonly CellFile[] = [],
  options: CheckOptions = {},
): Finding[] {
  const set = configurationSet(system, cells, options.colors);
  const findings = rules.flatMap(({ id, severity, consequence, find }) =>
    find(set).map(
      ({ cells: concerned, message, remedy }): Finding => ({
        id,
        severity,
        files: [...new Set(concerned.map(({ file }) => file))],
        message,
        consequence,
        remedy,
      }),
    ),
  );
  return findings.sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}
