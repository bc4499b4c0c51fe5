import { expect, test } from "vitest";
import type { Row } from "./layout.ts";
import { sizeOf } from "./layout.ts";
import { mainline } from "./mainline.ts";
import { rt } from "./rt.ts";

/** Where the fields lie: names to offsets, structs taken apart. */
function offsets(rows: readonly Row[], start = 0, path = ""): Record<string, number> {
  const found: Record<string, number> = {};
  let offset = start;
  for (const { name, form } of rows) {
    found[path + name] = offset;
    if (form.kind === "struct") Object.assign(found, offsets(form.rows, offset, `${path}${name}.`));
    if (form.kind === "union") {
      const parent = name.slice(0, name.lastIndexOf(".") + 1);
      for (const row of Object.values(form.rows)) Object.assign(found, offsets([row], offset, path + parent));
    }
    offset += sizeOf(form);
  }
  return found;
}

const size = (rows: readonly Row[]) => rows.reduce((sum, { form }) => sum + sizeOf(form), 0);

test("the mainline header of a cell", () => {
  expect(size(mainline.cell)).toBe(132);
  expect(offsets(mainline.cell)).toMatchObject({
    signature: 0,
    architecture: 5,
    revision: 6,
    name: 8,
    id: 40,
    flags: 44,
    cpu_set_size: 48,
    num_memory_regions: 52,
    num_cache_regions: 56,
    num_irqchips: 60,
    num_pio_regions: 64,
    num_pci_devices: 68,
    num_pci_caps: 72,
    num_stream_ids: 76,
    vpci_irq_base: 80,
    cpu_reset_address: 84,
    msg_reply_timeout: 92,
    console: 100,
    "console.type": 112,
    "console.flags": 114,
    "console.clock_reg": 124,
  });
});

test("the mainline header of a system", () => {
  expect(size(mainline.system)).toBe(488);
  expect(offsets(mainline.system)).toMatchObject({
    hypervisor_memory: 12,
    debug_console: 44,
    "platform_info.pci_mmconfig_base": 76,
    "platform_info.pci_mmconfig_end_bus": 84,
    "platform_info.pci_is_virtual": 85,
    "platform_info.pci_domain": 86,
    "platform_info.iommu_units": 88,
    "platform_info.x86.pm_timer_address": 312,
    "platform_info.x86.apic_mode": 314,
    "platform_info.x86.vtd_interrupt_limit": 316,
    "platform_info.x86.apic_khz": 324,
    "platform_info.arm.maintenance_irq": 312,
    "platform_info.arm.gic_version": 313,
    "platform_info.arm.gicd_base": 316,
    "platform_info.arm.gicr_base": 348,
    root_cell: 356,
    "root_cell.name": 364,
    "root_cell.console": 456,
  });
});

test("the mainline arrays: their order and the size of an element", () => {
  const sizes = mainline.arrays.map((row) => [row.name, "of" in row ? sizeOf(row.of) : undefined]);
  expect(sizes).toEqual([
    ["cpu_set", undefined],
    ["memory_regions", 32],
    ["cache_regions", 12],
    ["irqchips", 32],
    ["pio_regions", 4],
    ["pci_devices", 56],
    ["pci_caps", 8],
    ["stream_ids", 4],
  ]);
});

test("the fork's header of a cell: a longer signature, no architecture, one count more in the middle", () => {
  expect(size(rt.cell)).toBe(136);
  const inRt = offsets(rt.cell);
  expect(inRt).toMatchObject({ signature: 0, revision: 6, name: 8, num_memory_regions_colored: 92 });
  expect(inRt).not.toHaveProperty("architecture");
  for (const [name, offset] of Object.entries(offsets(mainline.cell))) {
    if (name !== "architecture") expect(inRt[name], name).toBe(offset < 92 ? offset : offset + 4);
  }
});

test("the fork's header of a system is mainline's up to the root cell", () => {
  expect(size(rt.system)).toBe(492);
  const { architecture: _, ...inMainline } = offsets(mainline.system);
  const shared = Object.entries(inMainline).filter(([, offset]) => offset < 356 + 92);
  expect(offsets(rt.system)).toMatchObject(Object.fromEntries(shared));
});

test("the fork's arrays are mainline's, and coloured regions behind the memory regions", () => {
  const names = mainline.arrays.map(({ name }) => name);
  expect(rt.arrays.map(({ name }) => name)).toEqual([
    ...names.slice(0, 2),
    "memory_regions_colored",
    ...names.slice(2),
  ]);
  const colored = rt.arrays[2]!;
  expect("of" in colored && sizeOf(colored.of)).toBe(40);
});
