import { nearest } from "../../boards/nearest.ts";
import { UserError } from "../errors.ts";
import type { Command } from "./command.ts";

/** Each command is loaded only when it is called: that keeps the start fast. */
const commands: Readonly<Record<string, { summary: string; load: () => Promise<{ default: Command }> }>> = {
  build: { summary: "build an inmate and its cell", load: () => import("./build.ts") },
  run: { summary: "build, then run in an emulated cell or on real Jailhouse", load: () => import("./run.ts") },
  dev: { summary: "run, and build and run again at each change", load: () => import("./dev.ts") },
  test: { summary: "run an inmate's tests", load: () => import("./test.ts") },
  shell: { summary: "the jailhouse tool's commands, against emulated cells", load: () => import("./shell.ts") },
  config: { summary: "write, explain, check and compare configurations of cells", load: () => import("./config.ts") },
  lab: { summary: "experiments with a board's memory bandwidth: profile, bomb, plot", load: () => import("./lab.ts") },
  boards: { summary: "list the boards, or describe one", load: () => import("./boards.ts") },
  doctor: { summary: "look for the tools that are needed, and install them", load: () => import("./doctor.ts") },
  help: { summary: "explain a command", load: () => import("./help-command.ts") },
};

export const summaries: readonly (readonly [name: string, summary: string])[] = Object.entries(commands).map(
  ([name, { summary }]) => [name, summary],
);

export async function loadCommand(name: string): Promise<Command> {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!entry) throw new UserError(`unknown command "${name}"${suggestion(name)}`);
  return (await entry.load()).default;
}

function suggestion(name: string): string {
  const near = nearest(name, Object.keys(commands));
  return near === undefined ? ": see jh-inmate help" : `: did you mean "${near}"?`;
}
