import { doctor } from "../doctor/doctor.ts";
import { command } from "./command.ts";

export default command({
  description: "Looks for clang, lld, llvm and QEMU, and says what is missing and how to get it.",
  operands: "",
  mostOperands: 0,
  args: {
    fix: {
      type: "boolean",
      description: "install what is missing (systems with apt; elsewhere it prints the command)",
    },
    quiet: { type: "boolean", description: "print nothing when nothing is missing" },
  },
  run: ({ fix, quiet }) => {
    doctor({ fix: fix ?? false, quiet: quiet ?? false });
    return 0;
  },
});
