/** What the A64 has beyond the H3's generation (A64 User Manual, "Memory Mapping"), and what of it root gets. */
import { io, ram } from "../define/regions.ts";
import type { Device, MemorySpec } from "../define/specs.ts";
import { devices as common } from "../soc-allwinner/h3-a64.ts";

export const devices = {
  "sram-a1-c": { address: 0x18000n, size: 0x28000n },
  "display-clocks": { address: 0x1000000n, size: 0x100000n },
  mixer0: { address: 0x1100000n, size: 0x100000n },
  mixer1: { address: 0x1200000n, size: 0x100000n },
  ...common,
  // Power and reset of the USB PHYs, behind the host controllers.
  "usbphy-pmu0": { address: 0x1c1a800n, size: 0x100n },
  "usbphy-pmu1": { address: 0x1c1b800n, size: 4n },
  "sram-ve": { address: 0x1d00000n, size: 0x40000n },
} satisfies Record<string, Device>;

const { syscon, dma, tcon0, tcon1, mmc0, sid, ehci0, ohci0, ehci1, ohci1, usbphy, ccu, pio, wdt0 } = devices;
const { i2c1, emac, mali, hdmi, rtc, r_intc, r_ccu, r_pio, r_rsb } = devices;

/** In the file's order. */
export const rootMemory: MemorySpec[] = [
  ram(devices["sram-a1-c"]),
  io(devices["display-clocks"], "io32"),
  ...[devices.mixer0, devices.mixer1, syscon, dma, tcon0, tcon1, mmc0].map((device) => io(device)),
  // These are less than a page and name no width of access: the hypervisor lets none through.
  ...[sid, devices["usb-otg"], usbphy, ehci0, ohci0, devices["usbphy-pmu0"]].map((device) => io(device)),
  ...[ehci1, ohci1, devices["usbphy-pmu1"]].map((device) => io(device)),
  ...[ccu, pio, wdt0].map((device) => io(device, "io32")),
  // UART0's registers without what the DesignWare core has beyond a 16550's.
  io({ address: devices.uart0.address, size: 0x20 }, "io32"),
  // No width of access, as above.
  io(i2c1),
  io(emac),
  io(mali),
  ram(devices["sram-ve"]),
  io(hdmi),
  io(devices["hdmi-phy"]),
  ...[rtc, r_intc, r_ccu, r_pio].map((device) => io(device, "io32")),
  // No width of access, as above.
  io(r_rsb),
  // Up to the end of inmate-demo's: what root does not have, it cannot load.
  ram({ address: 0x40000000, size: 0x7bef1000 }),
];
