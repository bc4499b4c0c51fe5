import { CPU_FLAG, cpuFlag } from "./args.ts";
import { command } from "./command.ts";

export default command({
  description: `A session with the command lines of the jailhouse tool against emulated cells: enable, cell create, load, start,
list, shutdown, destroy, console, disable, with the tool's output, errors and refusals. Reads a script from stdin, too.

  # jailhouse enable qemu-x86.cell
  # jailhouse cell create apic-demo.cell
  # jailhouse cell load apic-demo apic-demo.bin
  # jailhouse cell start apic-demo`,
  operands: "",
  mostOperands: 0,
  args: {
    board: {
      type: "string",
      valueHint: "BOARD",
      description: "the machine (default: whichever system is enabled)",
    },
    cpu: CPU_FLAG,
  },
  run: async ({ board, cpu }) => {
    const { tscDeadline } = cpuFlag(cpu);
    const { findBoard } = await import("../../boards/index.ts");
    if (board !== undefined) findBoard(board);
    const { runSession } = await import("../shell/session.ts");
    const { stdin: input, stdout: output, stderr: errors } = process;
    return runSession({ input, output, errors }, { board, tscDeadline });
  },
});
