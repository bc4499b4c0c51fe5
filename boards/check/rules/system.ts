/** The system itself. */
import { hex } from "../../define/sizes.ts";
import type { Problem, Rule } from "../finding.ts";

export const systemRules: readonly Rule[] = [
  {
    id: "debug-console-size",
    severity: "error",
    about: "A memory-mapped console of the hypervisor without a size.",
    consequence: "jailhouse enable fails with EINVAL: the driver cannot map the console",
    find: ({ root, system }): Problem[] => {
      const { type, flags, address, size } = system.debugConsole;
      if (type === "none" || !flags.includes("mmio") || size > 0) return [];
      const message = `${root.title}: the hypervisor's console (${type}) at ${hex(address)} has size 0`;
      return [{ cells: [root], message, remedy: "write the size of its registers, mostly 4 KiB" }];
    },
  },
];
