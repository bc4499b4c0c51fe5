/**
 * What the checks say of the reference configurations: each system alone, and each cell with its board's main system.
 * Everything here was looked at and is true; a change of a rule that finds more, or less, shows as a difference.
 */
import { expect, test } from "vitest";
import { all } from "../all.ts";
import type { Board, Configurations } from "../board.ts";
import type { FormatName } from "../format/formats.ts";
import { checkConfigurations, type Finding } from "./index.ts";

/** By finding: why, and in which files. "NAME mainline" and "NAME rt" are found in one format only. */
const known: Readonly<Record<string, { readonly why: string; readonly files: readonly string[] }>> = {
  "architecture-differs": {
    why: "The file says Arm, the machine's hypervisor is arm64: the driver takes it and creates nothing.",
    files: ["imx8dxl-inmate-demo-aarch32 mainline"],
  },
  "colors-size": {
    why: "512 MiB are no multiple of twelve pages: Linux gets 16 KiB more than the region says.",
    files: ["zynqmp-zcu102-rootcol rt"],
  },
  "console-clock-not-mapped": {
    why: "The UART's clock gate is named, its register not granted.",
    files: ["emtrion-rzg1e-inmate-demo", "emtrion-rzg1h-inmate-demo", "emtrion-rzg1m-inmate-demo"],
  },
  "emulated-device-hidden": {
    why: "The profiler's view of all RAM goes across the addresses of GICD, GICC and MMCONFIG.",
    files: ["s32v234sbc-prof rt"],
  },
  "hypervisor-memory-granted": {
    why: "The region of RAM goes over the memory that was cut out of it for the hypervisor.",
    files: ["f2a88xm-hd3", "imb-a180"],
  },
  "interrupt-controller-in-root": {
    why: "One region for all devices, the GIC among them.",
    files: [
      "imx8dxl mainline",
      "imx8mm rt",
      "imx8mn rt",
      "imx8mp rt",
      "imx8mq rt",
      "imx8qm mainline",
      "k3-am625-sk mainline",
      "k3-am654-idk",
      "k3-j7200-evm mainline",
      "k3-j721e-evm",
    ],
  },
  "ioapic-id-differs": {
    why: "QEMU's IOAPIC is ff:00.0, as the system has it; the cell has ff:00.1.",
    files: ["ioapic-demo"],
  },
  "iommu-in-root": {
    why: "One region for many devices, the IOMMU among them.",
    files: [
      "f2a88xm-hd3",
      "imx8qm mainline",
      "k3-j7200-evm mainline",
      "k3-j721e-evm",
      "ultra96 mainline",
      "zynqmp-zcu102 mainline",
      "zynqmp-zcu102-rootcol rt",
      "zynqmp-zcu102-smmu rt",
    ],
  },
  "ivshmem-alone": {
    why: "The two cells are each other's peers, not root's.",
    files: ["zynqmp-zcu102-linux-demo", "zynqmp-zcu102-linux-demo-2"],
  },
  "ivshmem-id-beyond-peers": {
    why: "Peer 1 of one peer.",
    files: [
      "imx8mm-inmate-demo",
      "imx8mn-inmate-demo",
      "imx8mp-inmate-demo",
      "imx8mq-inmate-demo",
      "imx8qm-inmate-demo mainline",
      "ls1028a-rdb-inmate-demo mainline",
      "ls1043a-rdb-inmate-demo mainline",
      "ls1046a-rdb-inmate-demo mainline",
      "ls1088a-rdb-inmate-demo mainline",
      "ls2088a-rdb-inmate-demo mainline",
    ],
  },
  "ivshmem-interrupt-missing": {
    why: "INTA or INTB of the virtual bus is not among the cell's interrupts.",
    files: ["imx8mq-linux-demo", "k3-j7200-evm-linux-demo mainline", "s32v234sbc rt", "s32v234sbc-rootprof rt"],
  },
  "ivshmem-memory-differs": {
    why: "Root's link lies at 0xfd9f0000, the cell's end of it at 0xfd900000.",
    files: ["imx8mp-inmate-demo mainline"],
  },
  "ivshmem-peers-differ": {
    why: "Root has two or three peers, the cell one.",
    files: [
      "imx8mm-inmate-demo",
      "imx8mn-inmate-demo",
      "imx8mp-inmate-demo",
      "imx8mq-inmate-demo",
      "imx8qm-inmate-demo mainline",
      "ls1028a-rdb-inmate-demo mainline",
      "ls1043a-rdb-inmate-demo mainline",
      "ls1046a-rdb-inmate-demo mainline",
      "ls1088a-rdb-inmate-demo mainline",
      "ls2088a-rdb-inmate-demo mainline",
    ],
  },
  "ivshmem-section-flags": {
    why: "The output sections' flags are those of another peer.",
    files: ["imx8mm-linux-demo rt", "ls2088a-rdb-linux-demo mainline"],
  },
  "ivshmem-taken-from-root": {
    why: "The sections lack rootshared.",
    files: ["imx8mm-linux-demo rt"],
  },
  "loadable-not-in-root": {
    why: "RAM of which only the first half is Linux', a page at 0xface, two arrays of the memory bomb.",
    files: ["s32v234sbc-prof rt", "s32v234sbc-uart-demo rt", "zynqmp-zcu102-bomb1 rt"],
  },
  "no-console": {
    why: "The fork's inmates have no driver for this UART; the cells map it all the same.",
    files: ["s32v234sbc-prof rt", "s32v234sbc-uart-demo rt"],
  },
  "pci-device-not-in-root": {
    why: "The network card is to be added to the machine for the demo.",
    files: ["e1000-demo"],
  },
  "ram-not-in-root": {
    why: "The RAM lies in the link's sections, which Linux reads only.",
    files: [
      "bananapi-inmate-demo",
      "emtrion-rzg1e-inmate-demo",
      "emtrion-rzg1h-inmate-demo",
      "emtrion-rzg1m-inmate-demo",
      "hikey-inmate-demo",
      "miriac-sbc-ls1046a-inmate-demo",
    ],
  },
  "regions-doubled": {
    why: "Devices and shared memory that larger regions name again.",
    files: [
      "emtrion-rzg1h",
      "emtrion-rzg1m",
      "imx8dxl mainline",
      "jetson-tk1",
      "jetson-tx1",
      "jetson-tx2",
      "k3-am654-idk rt",
      "k3-j721e-evm rt",
      "ls1046a-rdb mainline",
      "zynqmp-zcu102 rt",
    ],
  },
  "regions-overlap": {
    why: "The profiler's view of all RAM goes across the comm region, which comes later and wins.",
    files: ["s32v234sbc-prof rt"],
  },
  "root-not-one-to-one": {
    why: "A second view of the RAM for the profiler.",
    files: ["s32v234sbc-rootprof rt"],
  },
  "sub-page-hidden": {
    why: "Single registers within a region of all devices; a page at 0xface within the RAM.",
    files: ["s32v234sbc-prof rt", "s32v234sbc-uart-demo rt", "zynqmp-zcu102 rt"],
  },
  "sub-page-loadable": {
    why: "The page at 0xface is marked loadable.",
    files: ["s32v234sbc-uart-demo rt"],
  },
  "sub-page-no-width": {
    why: "Regions of less than a page that lack a width, while others of the same file have it, and the page at 0xface.",
    files: ["jetson-tx1", "pine64-plus", "s32v234sbc-prof rt", "s32v234sbc-uart-demo rt", "zynqmp-zcu102 rt"],
  },
  "sub-page-of-root-lost": {
    why: "The clock gate of the cell's UART is one register of the block that Linux has.",
    files: ["bananapi-linux-demo"],
  },
  "waits-for-ever": {
    why: "The demo of messages; it answers.",
    files: ["apic-demo"],
  },
};

type Found = readonly [file: string, finding: Finding];

function findings({ name, colors }: Board, files: Configurations, format: FormatName): Found[] {
  const options = colors === undefined ? {} : { colors };
  const check = (system: string, cells: readonly string[]) =>
    checkConfigurations(
      { file: system, config: files.systems[system]!, format },
      cells.map((file) => ({ file, config: files.cells[file]!, format })),
      options,
    );
  const systems = Object.keys(files.systems).flatMap((file) => check(file, []).map((one): Found => [file, one]));
  const ofMain = systems.filter(([file]) => file === name).map(([, { message }]) => message);
  const cells = Object.keys(files.cells).flatMap((file) =>
    check(name, [file])
      .filter(({ message }) => !ofMain.includes(message))
      .map((one): Found => [file, one]),
  );
  return [...systems, ...cells];
}

const formats = ["mainline", "rt"] as const;

test("findings on the references are those known to be true", () => {
  const found = new Map<string, Map<string, Set<FormatName>>>();
  for (const format of formats) {
    for (const board of all) {
      const files = board[format];
      if (!files) continue;
      for (const [file, { id }] of findings(board, files, format)) {
        const places = found.get(id) ?? new Map<string, Set<FormatName>>();
        found.set(id, places.set(file, (places.get(file) ?? new Set()).add(format)));
      }
    }
  }
  const table = [...found].map(([id, places]) => [
    id,
    [...places].map(([file, of]) => (of.size === formats.length ? file : `${file} ${[...of][0]}`)).sort(),
  ]);
  expect(Object.fromEntries(table)).toEqual(
    Object.fromEntries(Object.entries(known).map(([id, { files }]) => [id, [...files].sort()])),
  );
});

/** Sets that were made to run together: what is found in them beyond what is found in each of their cells. */
test.each([
  ["mainline", "zynqmp-zcu102", ["zynqmp-zcu102-linux-demo", "zynqmp-zcu102-linux-demo-2"], []],
  ["mainline", "qemu-arm64", ["qemu-arm64-inmate-demo", "qemu-arm64-linux-demo"], []],
  ["mainline", "rpi4", ["rpi4-inmate-demo", "rpi4-linux-demo"], []],
  ["mainline", "qemu-x86", ["apic-demo", "tiny-demo"], ["waits-for-ever", "ports-in-two-cells"]],
  ["rt", "zynqmp-zcu102", ["zynqmp-zcu102-bomb0", "zynqmp-zcu102-bomb2"], []],
] as const)("%s %s with %s", (format, name, cells, ids) => {
  const board = all.find((one) => one.name === name)!;
  const files = board[format]!;
  const system = { file: name, config: files.system, format };
  const own = new Set(checkConfigurations(system).map(({ message }) => message));
  const found = checkConfigurations(
    system,
    cells.map((file) => ({ file, config: files.cells[file]!, format })),
  );
  expect(found.filter(({ message }) => !own.has(message)).map(({ id }) => id)).toEqual(ids);
});
