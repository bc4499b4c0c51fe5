/** Which machine a board is. */
import { UserError } from "../errors.ts";
import { Arm64Machine } from "./arm64/machine.ts";
import type { Machine, MachineOptions } from "./machine.ts";
import { X86Machine } from "./x86/machine.ts";

export function machineOf(options: MachineOptions): Machine {
  const { name, arch } = options.board;
  if (arch === "arm64") return new Arm64Machine(options);
  if (arch === "x86") return new X86Machine(options);
  throw new UserError(`board ${name} is ${arch}: the simulator knows arm64 and x86 boards only`);
}
