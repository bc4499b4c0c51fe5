/** PCI functions that cells can have of QEMU's q35 machine. */
import type { CellConfig } from "../../boards/index.ts";
import { UserError } from "../errors.ts";

interface Model {
  readonly what: string;
  /** QEMU's arguments, with the function's place on the bus. */
  args(addr: string): string[];
}

const hda: Model = {
  what: "HDA",
  // Its codec is what raises an interrupt.
  args: (addr) => [
    ...["-device", `intel-hda,id=hda,addr=${addr}`],
    ...["-audiodev", "none,id=audio", "-device", "hda-output,bus=hda.0,audiodev=audio"],
  ],
};
/** All on one cable. */
const e1000: Model = {
  what: "e1000",
  args: (addr) => [
    ...["-netdev", `hubport,id=cable-${addr},hubid=0`, "-device", `e1000,netdev=cable-${addr},addr=${addr},romfile=`],
  ],
};

const MODELS: Readonly<Record<string, Model>> = { "00:1b.0": hda, "00:19.0": e1000, "00:1a.0": e1000 };

/** With them comes an IOMMU, so that they reach their cells' memory only. @throws UserError if a cell wants a function that is not there. */
export function deviceArgs(cells: readonly CellConfig[]): string[] {
  const wanted = cells.flatMap((cell) =>
    cell.pciDevices.filter(({ type }) => type !== "ivshmem").map(({ bdf }) => ({ cell, bdf })),
  );
  const devices = wanted.flatMap(({ cell, bdf }, i) => {
    const model = MODELS[bdf];
    if (!model) {
      const known = Object.entries(MODELS).map(([place, { what }]) => `${place} (${what})`);
      throw new UserError(`cell ${cell.name}: cellbox has no PCI device at ${bdf}, only ${known.join(", ")}`);
    }
    const other = wanted.slice(0, i).find((before) => before.bdf === bdf);
    if (other) {
      throw new UserError(
        `cell ${other.cell.name} and cell ${cell.name} both have the PCI device at ${bdf}: give one another`,
      );
    }
    return model.args(bdf.slice(bdf.indexOf(":") + 1));
  });
  return devices.length === 0 ? [] : ["-device", "amd-iommu", ...devices];
}
