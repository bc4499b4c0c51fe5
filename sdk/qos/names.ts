/** Devices with a regulator, by SoC, and the regulators' parameters (jailhouse-abi 6.3), in the order of their names below. */
import { ascii } from "../ascii";

export enum Zynqmp {
  RPU0,
  RPU1,
  ADMA,
  AFIFM0,
  AFIFM1,
  AFIFM2,
  SMMUTBU5,
  DP,
  AFIFM3,
  AFIFM4,
  AFIFM5,
  GPU,
  PCIE,
  GDMA,
  SATA,
  CORESIGHT,
  ISSIB2,
  ISSIB6,
}
export function zynqmpNames(): usize {
  return ascii(
    "rpu0 rpu1 adma afifm0 afifm1 afifm2 smmutbu5 dp afifm3 afifm4 afifm5 gpu pcie gdma sata coresight issib2 issib6",
  );
}

export enum S32v234 {
  FASTDMA1,
  GPU0,
  H264DEC0,
  GPU1,
  CORES,
  PDI0,
  PCI,
  APEX1,
  APEX0,
  H264DEC1,
  ENET,
  AXBS,
}
export function s32v234Names(): usize {
  return ascii("fastdma1 gpu0 h264dec0 gpu1 cores pdi0 pci apex1 apex0 h264dec1 enet axbs");
}

/** AR is the read, AW the write address channel. */
export enum Parameter {
  READ_QOS,
  WRITE_QOS,
  /** Transactions in flight at most, whole and in 1/256. */
  AW_MAX_OTI,
  AW_MAX_OTF,
  AR_MAX_OTI,
  AR_MAX_OTF,
  AWAR_MAX_OTI,
  AWAR_MAX_OTF,
  /** Peak rate, burstiness, average rate: of transactions. */
  AW_P,
  AW_B,
  AW_R,
  AR_P,
  AR_B,
  AR_R,
  /** Latency aimed at, cycles; the scale by which the QoS value follows it, and its range. */
  AW_TGT_LATENCY,
  AR_TGT_LATENCY,
  AW_KI,
  AR_KI,
  AW_MIN_QOS,
  AW_MAX_QOS,
  AR_MIN_QOS,
  AR_MAX_QOS,
}
export function parameterNames(): usize {
  return ascii(
    "read_qos write_qos aw_max_oti aw_max_otf ar_max_oti ar_max_otf awar_max_oti awar_max_otf aw_p aw_b aw_r ar_p ar_b ar_r " +
      "aw_tgt_latency ar_tgt_latency aw_ki ar_ki aw_min_qos aw_max_qos ar_min_qos ar_max_qos",
  );
}

/** Bits of each parameter's field, in that order. */
export function bitsOf(parameter: Parameter): u32 {
  const bits: StaticArray<u8> = [4, 4, 6, 8, 6, 8, 7, 8, 8, 16, 12, 8, 16, 12, 12, 12, 3, 3, 4, 4, 4, 4];
  return bits[parameter];
}
