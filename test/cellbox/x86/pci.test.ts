import { expect, test } from "vitest";
import type { CellConfig } from "../../../boards/index.ts";
import { machineFor } from "../../../scripts/run/cellbox-machine.ts";
import { boardX86 as board, cellOf, jobOf, runInmate, values } from "../inmate.ts";

const cell = board.cells["pci-demo" as keyof typeof board.cells] as CellConfig;
const run = (parameter: number) => runInmate("pci", { board, cell, parameter });

test("a cell finds its function, by ports and in memory, with its BAR where its memory is", async () => {
  const result = await run(0);
  expect(values(result)).toEqual({
    id: 0x26688086n,
    absent: 0xffffffffn,
    window: 0x26688086n,
    device: 0x2668n,
    command: 0x400n,
    enabled: 6n,
    bar: 0xfebd4000n,
    fixed: 0xfebd4000n,
    message: 0xfee02000n,
  });
  expect(result.outcome.states).toEqual(["shut down"]);
});

test.each([
  [1, "0xb0000004"],
  [2, "0xb00d8064"],
  [3, "0xb00d8008"],
])("an absent function, another cell's CPU and the header are not to be written: %i", async (parameter, place) => {
  const { outcome } = await run(parameter);
  expect(outcome.notes[0]).toBe(
    `cell pci-demo, CPU 2 parked: write of 4 bytes at ${place}: this width, alignment, direction or value is not allowed there`,
  );
});

test("devices that are not there, or that two cells want, are refused", () => {
  const at = (bdf: string) => cell.pciDevices.map((device) => ({ ...device, bdf }));
  expect(() => machineFor([jobOf("pci", { board, cell: { ...cell, pciDevices: at("00:05.0") } })])).toThrow(
    "cell pci-demo: cellbox has no PCI device at 00:05.0, only 00:1b.0 (HDA), 00:19.0 (e1000), 00:1a.0 (e1000)",
  );
  const both = [1, 2].map((n) => cellOf(n, "pci", { board, cell: { pciDevices: at("00:1b.0") } }));
  expect(() => machineFor(both)).toThrow(
    "cell pci-1 and cell pci-2 both have the PCI device at 00:1b.0: give one another",
  );
});
