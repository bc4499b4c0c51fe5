import { doctor } from "../doctor/doctor.ts";
import { engineFlag } from "./args.ts";
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
    engine: {
      type: "string",
      valueHint: "ENGINE",
      description: "wasm3: leave out what only the compiled engine needs",
    },
    quiet: { type: "boolean", description: "print nothing when nothing is missing" },
  },
  run: ({ fix, quiet, engine }) => {
    doctor({ fix: fix ?? false, quiet: quiet ?? false, engine: engineFlag(engine) });
    return 0;
  },
});
