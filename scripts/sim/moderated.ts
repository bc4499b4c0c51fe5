/** Registers that the hypervisor emulates: what their device refuses parks the CPU. */
import { Violation } from "./address-space.ts";
import type { Device } from "./device.ts";
import { Refusal } from "./refusal.ts";

/** `base`: cell address of the device's first register. */
export function moderated(device: Device, base: () => number): Device {
  return {
    read: (offset, width) => orPark(() => device.read(offset, width), "read-refused", base() + offset, width),
    write: (offset, width, value) =>
      orPark(() => device.write(offset, width, value), "write-refused", base() + offset, width),
  };
}

/** Does it; a refusal becomes the violation `what`. */
export function orPark<Result>(action: () => Result, what: string, address: number, size = 0): Result {
  try {
    return action();
  } catch (error) {
    throw error instanceof Refusal ? new Violation(what, address, size) : error;
  }
}
