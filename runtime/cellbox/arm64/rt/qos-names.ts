/** Regulators of the interconnect by SoC, and their parameters (jailhouse-abi 6.3). */

/** Of the run's description. */
export const PLATFORM_ZYNQMP: u64 = 1;
export const PLATFORM_S32V234: u64 = 2;

export class Device {
  constructor(
    readonly name: string,
    /** Offset of its registers. */
    readonly base: u32,
  ) {}
  /** By word; the registers reach to 0x38. */
  readonly registers: StaticArray<u32> = new StaticArray<u32>(16);
}

export class Parameter {
  constructor(
    readonly name: string,
    readonly offset: u32,
    readonly shift: u32,
    readonly mask: u32,
    /** Its bit of the control register; NO_ENABLE: it has none. */
    readonly enable: u32,
  ) {}
}

export const NO_ENABLE: u32 = 31;

export function devicesOf(platform: u64): Device[] {
  if (platform == PLATFORM_ZYNQMP)
    return [
      new Device("rpu0", 0x42100),
      new Device("rpu1", 0x43100),
      new Device("adma", 0x44100),
      new Device("afifm0", 0x45100),
      new Device("afifm1", 0x46100),
      new Device("afifm2", 0x47100),
      new Device("smmutbu5", 0x48100),
      new Device("dp", 0x49100),
      new Device("afifm3", 0x4a100),
      new Device("afifm4", 0x4b100),
      new Device("afifm5", 0x4c100),
      new Device("gpu", 0x4d100),
      new Device("pcie", 0x4e100),
      new Device("gdma", 0x4f100),
      new Device("sata", 0x50100),
      new Device("coresight", 0x52100),
      new Device("issib2", 0xc2100),
      new Device("issib6", 0xc3100),
    ];
  if (platform == PLATFORM_S32V234)
    return [
      new Device("fastdma1", 0x2380),
      new Device("gpu0", 0x2480),
      new Device("h264dec0", 0x2580),
      new Device("gpu1", 0x2680),
      new Device("cores", 0x2780),
      new Device("pdi0", 0x3180),
      new Device("pci", 0x6280),
      new Device("apex1", 0x6380),
      new Device("apex0", 0x6480),
      new Device("h264dec1", 0x6580),
      new Device("enet", 0x6680),
      new Device("axbs", 0x6a80),
    ];
  return [];
}

export function parameters(): Parameter[] {
  return [
    new Parameter("read_qos", 0x00, 0, 0xf, NO_ENABLE),
    new Parameter("write_qos", 0x04, 0, 0xf, NO_ENABLE),
    new Parameter("aw_max_otf", 0x10, 0, 0xff, 5),
    new Parameter("aw_max_oti", 0x10, 8, 0x3f, 5),
    new Parameter("ar_max_otf", 0x10, 16, 0xff, 6),
    new Parameter("ar_max_oti", 0x10, 24, 0x3f, 6),
    new Parameter("awar_max_otf", 0x14, 0, 0xff, 7),
    new Parameter("awar_max_oti", 0x14, 8, 0x7f, 7),
    new Parameter("aw_p", 0x18, 24, 0xff, 0),
    new Parameter("aw_b", 0x1c, 0, 0xffff, 0),
    new Parameter("aw_r", 0x20, 20, 0xfff, 0),
    new Parameter("ar_p", 0x24, 24, 0xff, 1),
    new Parameter("ar_b", 0x28, 0, 0xffff, 1),
    new Parameter("ar_r", 0x2c, 20, 0xfff, 1),
    new Parameter("ar_tgt_latency", 0x30, 16, 0xfff, 4),
    new Parameter("aw_tgt_latency", 0x30, 0, 0xfff, 3),
    new Parameter("ar_ki", 0x34, 8, 0x7, 4),
    new Parameter("aw_ki", 0x34, 0, 0x7, 3),
    new Parameter("ar_max_qos", 0x38, 24, 0xf, 3),
    new Parameter("ar_min_qos", 0x38, 16, 0xf, 3),
    new Parameter("aw_max_qos", 0x38, 8, 0xf, 3),
    new Parameter("aw_min_qos", 0x38, 0, 0xf, 3),
  ];
}
