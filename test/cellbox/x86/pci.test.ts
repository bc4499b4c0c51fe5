import { expect, test } from "vitest";
import type { CellConfig } from "../../../boards/index.ts";
import type { PciCap } from "../../../boards/model.ts";
import { machineFor } from "../../../scripts/run/cellbox-machine.ts";
import { boardX86 as board, cellOf, jobOf, runInmate, values } from "../inmate.ts";

const cell = board.cells["pci-demo" as keyof typeof board.cells] as CellConfig;
const run = (parameter: number) => runInmate("pci", { board, cell, parameter });

test("a cell finds its function, by ports and in memory, with its BAR where its memory is", async () => {
  const result = await run(0);
  expect(values(result)).toEqual({
    id: 0x26688086n,
    absent: 0xffffffffn,
    bare: 0x26688086n,
    window: 0x26688086n,
    device: 0x2668n,
    command: 0x400n,
    enabled: 6n,
    bar: 0xfebd4000n,
    fixed: 0xfebd4000n,
    foreign: 0xfee01000n,
    nothing: 0xfed01000n,
    message: 0xfee04ffdn,
    data: 0x1ffn,
    on: 1n,
  });
  expect(result.outcome.states).toEqual(["shut down"]);
});

test.each([
  [1, "0xb0000004"],
  [2, "0xb00d8064"],
  [3, "0xb00d8008"],
  [6, "0xb00d8060"],
  [7, "0xb00d8060"],
])(
  "an absent function, an enabled message to another cell's CPU or of a mode of the monitor's, and the header are not to be written: %i",
  async (parameter, place) => {
    const { outcome } = await run(parameter);
    expect(outcome.notes[0]).toBe(
      `cell pci-demo, CPU 2 parked: write of 4 bytes at ${place}: this width, alignment, direction or value is not allowed there`,
    );
  },
);

test("parts of BARs and of the header can be written, and words that are not aligned by ports", async () => {
  const barMasks = [0xffffc000, 0, 0, 0, 0, 0];
  const pciDevices = cell.pciDevices.map((device) => ({ ...device, barMasks }));
  const { parts, pin, nopin } = values(await runInmate("pci", { board, cell: { ...cell, pciDevices }, parameter: 4 }));
  // The first is moved by its upper byte; of the word the mask leaves bits 14 and up.
  expect({ parts, pin, nopin }).toEqual({ parts: 0xd234_0000n | 0x4000n, pin: 6n, nopin: 0x406n });
});

/** A table where the machine has RAM of nobody's; the capability is over read-only bytes of HDA's. */
test.each([
  [0, undefined],
  [1, "write of 4 bytes at 0x5000010: "],
  [2, "write of 4 bytes at 0xb00d8070: "],
  [3, "read of 4 bytes at 0x5000002: "],
  [4, "write of 4 bytes at 0x5000020: "],
])("MSI-X's entries are looked at when they are enabled: %i", async (parameter, stopped) => {
  const table = { msixVectors: 2, msixRegionSize: 0x1000, msixAddress: 0x5000000n, capsCount: 2 };
  const pciDevices = cell.pciDevices.map((device) => ({ ...device, ...table }));
  const msix: PciCap = { id: "msix", start: 0x70, length: 12, flags: ["write"] };
  const own = { ...cell, pciDevices, pciCaps: [...cell.pciCaps, msix] };
  const result = await runInmate("msix", { board, cell: own, parameter });
  if (stopped !== undefined) expect(result.outcome.notes[0]).toContain(stopped);
  else {
    expect(values(result)).toEqual({
      masked: 1n,
      foreign: 0xfee01000n,
      open: 0n,
      own: 0xfee02000n,
      nothing: 0x1000n,
      behind: 0n,
    });
  }
});

test("ports behind the data's are not reached by a wide access", async () => {
  expect((await run(5)).outcome.notes[0]).toBe(
    "cell pci-demo, CPU 2 parked: access to I/O port 0xcfe, which is not the cell's",
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
