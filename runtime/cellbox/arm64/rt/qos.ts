/**
 * QoS, hypercall 11 (jailhouse-abi 6.3): regulators of the SoC's interconnect. The emulated machine has no interconnect: what is set is kept and
 * told, and slows nothing down.
 */
import { Cell } from "../../cell.ts";
import * as memory from "../../cell-memory.ts";
import { EINVAL } from "../../hypercall.ts";
import { acquire, LOCK_DEVICES, release } from "../../lock.ts";
import * as log from "../../log.ts";
import { qosPlatform } from "../board.ts";
import { ArmCpu } from "../cells.ts";
import { Device, devicesOf, NO_ENABLE, Parameter, parameters } from "./qos-names.ts";

/** A setting: the names of device and parameter, a value. */
const SETTING: u64 = 36;
const DEVICE_LENGTH: u64 = 15;
const PARAMETER: u64 = 15;
const PARAMETER_LENGTH: u64 = 16;
const VALUE: u64 = 32;
/** The fork maps so many pages at once. */
const MOST_BYTES: u64 = 0x10000;

const CONTROL: u32 = 0xc;

const ENOMEM: i64 = -12;
const ENODEV: i64 = -19;

/** None, unless the fork has a table for the SoC. */
let devices: Device[] = [];
let known: Parameter[] = [];

/** Before the cells start. */
export function open(): void {
  devices = devicesOf(qosPlatform());
  known = parameters();
}

export function call(cpu: ArmCpu, cell: Cell, count: u64, address: u64): i64 {
  if (count == 0) {
    // The fork's hypervisor takes an exception of its own, and the board stands.
    log.add("qos-none", cpu.index, 0, 0, 0);
    return 0;
  }
  if (count > MOST_BYTES / SETTING || !memory.isReadable(cell, address, count * SETTING)) return ENOMEM;
  if (isNamed(cell, address, "disable", DEVICE_LENGTH)) {
    for (let i = 0; i < devices.length; i++) setControl(cpu, devices[i], 0);
    return 0;
  }
  return apply(cpu, cell, count, address);
}

/** A setting without a device's name is the same device's as the one before. What comes before a wrong one is in effect. */
function apply(cpu: ArmCpu, cell: Cell, count: u64, address: u64): i64 {
  let device: Device | null = null;
  let enables: u32 = 0;
  for (let i: u64 = 0; i < count; i++) {
    const at = address + i * SETTING;
    if (memory.byte(cell, at) != 0) {
      if (device != null) setControl(cpu, device, enables);
      enables = 0;
      device = deviceNamed(cell, at);
    }
    if (device == null) return ENODEV;
    const parameter = parameterNamed(cell, at + PARAMETER);
    if (parameter == null) return EINVAL;
    if (parameter.enable != NO_ENABLE) enables |= 1 << parameter.enable;
    set(cpu, device, parameter, memory.word(cell, at + VALUE));
  }
  if (device != null) setControl(cpu, device, enables);
  return 0;
}

/** The field is changed, and said. */
function set(cpu: ArmCpu, device: Device, parameter: Parameter, value: u32): void {
  acquire(LOCK_DEVICES);
  const index = parameter.offset >> 2;
  const before = device.registers[index] & ~(parameter.mask << parameter.shift);
  device.registers[index] = before | ((value & parameter.mask) << parameter.shift);
  const now = device.registers[index];
  release(LOCK_DEVICES);
  log.add("qos", cpu.index, value, device.base + parameter.offset, now, device.name, parameter.name);
}

/** Overwritten: what was on and is not named in the call is off. */
function setControl(cpu: ArmCpu, device: Device, value: u32): void {
  device.registers[CONTROL >> 2] = value;
  log.add("qos-control", cpu.index, value, device.base + CONTROL, value, device.name);
}

function deviceNamed(cell: Cell, at: u64): Device | null {
  for (let i = 0; i < devices.length; i++) if (isNamed(cell, at, devices[i].name, DEVICE_LENGTH)) return devices[i];
  return null;
}

function parameterNamed(cell: Cell, at: u64): Parameter | null {
  for (let i = 0; i < known.length; i++) if (isNamed(cell, at, known[i].name, PARAMETER_LENGTH)) return known[i];
  return null;
}

/** Up to the NUL, if there is room for one. */
function isNamed(cell: Cell, at: u64, name: string, length: u64): bool {
  for (let i = 0; i < name.length; i++) if (memory.byte(cell, at + i) != <u32>name.charCodeAt(i)) return false;
  return <u64>name.length == length || memory.byte(cell, at + name.length) == 0;
}
