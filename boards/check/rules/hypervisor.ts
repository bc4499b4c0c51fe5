/** Memory and registers that no cell may have: the hypervisor's own, and what it moderates. */
import type { Problem, Rule } from "../finding.ts";
import { memoryIn, physicalOf } from "../physical.ts";
import { overlap, rangeText } from "../ranges.ts";
import { addressesOf, type Region, regionText } from "../regions.ts";
import type { CheckedCell, ConfigurationSet } from "../set.ts";
import { interruptControllers, iommus, mmconfig, virtualPciWindow, type Window } from "../windows.ts";

export const hypervisorRules: readonly Rule[] = [
  {
    id: "hypervisor-memory-granted",
    severity: "error",
    about: "A region over memory of the hypervisor.",
    consequence: "the cell can change the hypervisor: nothing protects the other cells from it",
    find: (set) => {
      const { physical, size } = set.system.hypervisorMemory;
      const window = { name: "the hypervisor's memory", start: physical, size };
      return granted(set, set.all, [window], "end the region before it, or begin behind it");
    },
  },
  {
    id: "mmconfig-granted",
    severity: "error",
    about: "A region over the PCI configuration space.",
    consequence:
      "the hypervisor does not see the cell's accesses: the cell can reconfigure every device, and finds no virtual one",
    find: (set) => granted(set, set.all, mmconfig(set), "leave it out: every cell has it by way of the hypervisor"),
  },
  {
    id: "virtual-pci-granted",
    severity: "error",
    about: "A region of the root cell over the place of its ivshmem devices' registers, behind a virtual MMCONFIG.",
    consequence: "Linux does not reach the registers: its ivshmem drivers fail",
    find: (set) => granted(set, [set.root], virtualPciWindow(set), "leave it out, or move the MMCONFIG"),
  },
  {
    id: "interrupt-controller-granted",
    severity: "error",
    about: "A region of a cell over registers of the interrupt controller.",
    consequence: "the hypervisor does not see the cell's accesses: the cell can take and silence interrupts of others",
    find: (set) => granted(set, set.cells, interruptControllers(set), interruptRemedy),
  },
  {
    id: "interrupt-controller-in-root",
    severity: "warning",
    about: "A region of the root cell over registers of the interrupt controller.",
    consequence: "the hypervisor does not see Linux' accesses: Linux can take and silence interrupts of cells",
    find: (set) => granted(set, [set.root], interruptControllers(set), interruptRemedy),
  },
  {
    id: "iommu-granted",
    severity: "error",
    about: "A region of a cell over registers of an IOMMU.",
    consequence: "the cell can switch the IOMMU off: devices can then write any memory",
    find: (set) => granted(set, set.cells, iommus(set), iommuRemedy),
  },
  {
    id: "iommu-in-root",
    severity: "warning",
    about: "A region of the root cell over registers of an IOMMU.",
    consequence: "Linux can switch the IOMMU off: its devices can then write any memory",
    find: (set) => granted(set, [set.root], iommus(set), iommuRemedy),
  },
  {
    id: "emulated-device-hidden",
    severity: "warning",
    about: "Memory of a cell at the address of its interrupt controller or PCI configuration space.",
    consequence: "the cell finds memory in place of the device: no interrupts, or no PCI devices",
    find: (set) => {
      const windows = [...mmconfig(set), ...interruptControllers(set)].filter(({ own }) => own !== false);
      return covered(set, set.cells, windows, "give the region another address", (region, window) =>
        overlap(addressesOf(region), window) && !overlap(physicalOf(region, set.colorCount), window) ? "lies over" : "",
      );
    },
  },
];

const interruptRemedy = "leave them out: every cell has its part by way of the hypervisor";
const iommuRemedy = "leave them out: the hypervisor sets them up";

function granted(
  set: ConfigurationSet,
  cells: readonly CheckedCell[],
  windows: readonly Window[],
  remedy: string,
): Problem[] {
  return covered(set, cells, windows, remedy, (region, window) =>
    memoryIn(window, region, set.colorCount) ? "overlaps" : "",
  );
}

/** A problem for each region with windows of which `how` has a word; one for all of its windows. */
function covered(
  { root }: ConfigurationSet,
  cells: readonly CheckedCell[],
  windows: readonly Window[],
  remedy: string,
  how: (region: Region, window: Window) => string,
): Problem[] {
  return cells.flatMap((cell) =>
    cell.regions.flatMap((region): Problem[] => {
      const found = windows.filter((window) => how(region, window));
      const [first] = found;
      if (!first) return [];
      const names = found.map((window) => `${window.name} ${rangeText(window)}`).join(", ");
      const message = `${cell.title}: ${regionText(region)} ${how(region, first)} ${names}`;
      return [{ cells: cell === root ? [root] : [cell, root], message, remedy }];
    }),
  );
}
