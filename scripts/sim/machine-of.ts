/** Which machine a board is. */
import { UserError } from "../errors.ts";
import { Arm64Machine } from "./arm64/machine.ts";
import type { Machine, MachineOptions } from "./machine.ts";

export function machineOf(options: MachineOptions): Machine {
  const { name, arch } = options.board;
  if (arch === "arm64") return new Arm64Machine(options);
  throw new UserError(`board ${name} is ${arch}: the simulator knows arm64 boards only`);
}
