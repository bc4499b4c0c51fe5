/**
 * The real-time fork's QoS: regulators of the SoC's interconnect (Arm CoreLink QoS-400), set by hypercall 11 (jailhouse-abi 6.3). Settings are
 * collected, then handed over at once:
 *
 *     qos.zynqmp(qos.Zynqmp.GPU, qos.Parameter.AR_P, 0x80);
 *     qos.zynqmp(qos.Zynqmp.GPU, qos.Parameter.AR_R, 0x100);
 *     if (qos.apply() != 0) console.log("no QoS here");
 *
 * A call overwrites the control register of each device in it: of its regulators only those are on afterwards whose
 * parameters were in the call.
 */
import { ascii } from "./ascii";
import * as dma from "./dma";
import { panic } from "./fault";
import * as jh from "./jh";
import { bitsOf, Parameter, parameterNames, S32v234, s32v234Names, Zynqmp, zynqmpNames } from "./qos/names";

export { Parameter, S32v234, Zynqmp } from "./qos/names";

const QOS: u64 = 11;

/** What `apply` gives: the SoC does not have the device, and there is no QoS at all. */
export const NO_DEVICE: i64 = -19;
export const NO_QOS: i64 = -38;

/** A setting: device name in 15 bytes, parameter name in 16, padding, value u32 at 32. */
const SETTING: u32 = 36;
const PARAMETER: u32 = 15;
const VALUE: u32 = 32;
const MOST: u32 = 32;

const BLANK: u32 = 0x20;

function settings(): usize {
  return memory.data(1152, 4);
}
let count: u32 = 0;

/** Adds a setting of a device of ZynqMP. */
export function zynqmp(device: Zynqmp, parameter: Parameter, value: u32): void {
  add(zynqmpNames(), device, parameter, value);
}

/** Adds a setting of a device of the S32V234. */
export function s32v234(device: S32v234, parameter: Parameter, value: u32): void {
  add(s32v234Names(), device, parameter, value);
}

/** Hands over what was added; 0, or a negative number: what came before the wrong setting is in effect then. */
export function apply(): i64 {
  // A call without a setting crashes the fork's hypervisor.
  if (count == 0) return 0;
  const result = jh.hypercall(QOS, count, dma.address(settings()));
  count = 0;
  return result;
}

/** Turns the regulators of all devices off; what was added is forgotten. */
export function disable(): i64 {
  count = 0;
  begin();
  word(ascii("disable"), 0, settings());
  return apply();
}

function add(devices: usize, device: u32, parameter: Parameter, value: u32): void {
  const bits = bitsOf(parameter);
  if (value >> bits != 0) panic(`qos: the parameter has ${bits} bits, ${value} does not fit`);
  const setting = begin();
  word(devices, device, setting);
  word(parameterNames(), parameter, setting + PARAMETER);
  store<u32>(setting + VALUE, value);
}

/** An empty setting behind the others. */
function begin(): usize {
  if (count == MOST) panic(`qos: ${MOST} settings are added: apply them first`);
  const setting = settings() + SETTING * count++;
  memory.fill(setting, 0, SETTING);
  return setting;
}

/** Copies word `n` of a list. */
function word(list: usize, n: u32, to: usize): void {
  let from = list;
  for (let left = n; left > 0; from++) if (load<u8>(from) == BLANK) left--;
  for (let c: u32 = load<u8>(from); c != BLANK && c != 0; c = load<u8>(++from)) store<u8>(to++, c);
}
