/**
 * Hypercall 11 of the real-time fork: the regulators of the interconnect (Arm CoreLink QoS-400; jailhouse-abi 6.3). Their registers keep what was
 * set; the model of the memory system does not look at them.
 */

const [ENODEV, EINVAL] = [-19, -22];
/** A setting: device name in 15 bytes, parameter name in 16, value u32 at 32. */
export const SETTING = 36;
const NAME = { device: [0, 15], parameter: [15, 31] } as const;
const VALUE = 32;
const CONTROL = 0xc;
const DISABLE = "disable";

/** Offset of the register, place and mask of the field in it, and the bit of the control register that enables it, if one does. */
type Field = readonly [offset: number, shift: number, mask: number, enable?: number];

const FIELDS: Readonly<Record<string, Field>> = {
  read_qos: [0x0, 0, 0xf],
  write_qos: [0x4, 0, 0xf],
  aw_max_otf: [0x10, 0, 0xff, 5],
  aw_max_oti: [0x10, 8, 0x3f, 5],
  ar_max_otf: [0x10, 16, 0xff, 6],
  ar_max_oti: [0x10, 24, 0x3f, 6],
  awar_max_otf: [0x14, 0, 0xff, 7],
  awar_max_oti: [0x14, 8, 0x7f, 7],
  aw_p: [0x18, 24, 0xff, 0],
  aw_b: [0x1c, 0, 0xffff, 0],
  aw_r: [0x20, 20, 0xfff, 0],
  ar_p: [0x24, 24, 0xff, 1],
  ar_b: [0x28, 0, 0xffff, 1],
  ar_r: [0x2c, 20, 0xfff, 1],
  ar_tgt_latency: [0x30, 16, 0xfff, 4],
  aw_tgt_latency: [0x30, 0, 0xfff, 3],
  ar_ki: [0x34, 8, 0x7, 4],
  aw_ki: [0x34, 0, 0x7, 3],
  ar_max_qos: [0x38, 24, 0xf, 3],
  ar_min_qos: [0x38, 16, 0xf, 3],
  aw_max_qos: [0x38, 8, 0xf, 3],
  aw_min_qos: [0x38, 0, 0xf, 3],
};

/** By board: the registers of each device, by offsets from the interconnect's. */
const DEVICES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "zynqmp-zcu102": {
    rpu0: 0x42100,
    rpu1: 0x43100,
    adma: 0x44100,
    afifm0: 0x45100,
    afifm1: 0x46100,
    afifm2: 0x47100,
    smmutbu5: 0x48100,
    dp: 0x49100,
    afifm3: 0x4a100,
    afifm4: 0x4b100,
    afifm5: 0x4c100,
    gpu: 0x4d100,
    pcie: 0x4e100,
    gdma: 0x4f100,
    sata: 0x50100,
    coresight: 0x52100,
    issib2: 0xc2100,
    issib6: 0xc3100,
  },
  s32v234sbc: {
    fastdma1: 0x2380,
    gpu0: 0x2480,
    h264dec0: 0x2580,
    gpu1: 0x2680,
    cores: 0x2780,
    pdi0: 0x3180,
    pci: 0x6280,
    apex1: 0x6380,
    apex0: 0x6480,
    h264dec1: 0x6580,
    enet: 0x6680,
    axbs: 0x6a80,
  },
};

export class Qos {
  /** By offset from the interconnect's registers. */
  readonly #registers = new Map<number, number>();
  readonly #devices: Readonly<Record<string, number>>;

  constructor(board: string) {
    this.#devices = DEVICES[board] ?? {};
  }

  /** A register of a device; undefined: there is no such device. */
  register(device: string, offset: number): number | undefined {
    const base = this.#devices[device];
    return base === undefined ? undefined : (this.#registers.get(base + offset) ?? 0);
  }

  /** `settings`: one after the other. What comes before a wrong one is in effect. */
  call(settings: DataView, count: number): number {
    let device: number | undefined;
    let enables = 0;
    const end = () => {
      if (device !== undefined) this.#registers.set(device + CONTROL, enables);
    };
    for (let i = 0; i < count; i++) {
      const at = i * SETTING;
      const name = textOf(settings, at, NAME.device);
      if (i === 0 && name === DISABLE) {
        for (const base of Object.values(this.#devices)) this.#registers.set(base + CONTROL, 0);
        return 0;
      }
      if (name !== "") {
        end();
        device = this.#devices[name];
        enables = 0;
      }
      if (device === undefined) return ENODEV;
      const field = FIELDS[textOf(settings, at, NAME.parameter)];
      if (!field) return EINVAL;
      const [offset, shift, mask, enable] = field;
      const old = this.#registers.get(device + offset) ?? 0;
      const value = (settings.getUint32(at + VALUE, true) & mask) << shift;
      this.#registers.set(device + offset, ((old & ~(mask << shift)) | value) >>> 0);
      if (enable !== undefined) enables |= 1 << enable;
    }
    end();
    return 0;
  }
}

function textOf(settings: DataView, at: number, [start, end]: readonly [number, number]): string {
  let text = "";
  for (let i = start; i < end; i++) {
    const byte = settings.getUint8(at + i);
    if (byte === 0) break;
    text += String.fromCharCode(byte);
  }
  return text;
}
