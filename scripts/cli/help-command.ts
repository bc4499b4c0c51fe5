import { command } from "./command.ts";
import { loadCommand } from "./commands.ts";
import { commandHelp, overview } from "./help.ts";

export default command({
  description: "Explains a command and its options; without COMMAND, lists the commands.",
  operands: "[COMMAND]",
  mostOperands: 1,
  args: {},
  run: async ({ _: [name] }) => {
    process.stdout.write(name === undefined ? overview() : commandHelp(name, await loadCommand(name)));
    return 0;
  },
});
