import { nearest } from "../../boards/nearest.ts";
import { UserError } from "../errors.ts";
import { command } from "./command.ts";
import { type Action, type Flags, formatFlag } from "./config/action.ts";

/** Each is loaded only when it is called. */
const actions: Readonly<Record<string, () => Promise<{ default: Action }>>> = {
  build: () => import("./config/build.ts"),
  show: () => import("./config/show.ts"),
  check: () => import("./config/check.ts"),
  diff: () => import("./config/diff.ts"),
};

export default command({
  description: `Writes, explains, checks and compares the configurations of cells and systems.

  jh-inmate config build FILE [-o X.cell]       writes the .cell file of FILE
  jh-inmate config build --all -o DIR           writes those of all boards, as DIR/ARCH/NAME.cell
  jh-inmate config show X                       explains X: memory map, interrupts, devices
  jh-inmate config check SYSTEM [X...]          tells what will go wrong on the target; exits with 1 if something will
  jh-inmate config diff A B                     tells what is different; exits with 1 if something is

FILE, X, SYSTEM, A and B are a .cell file of either format, a TypeScript file with defineCell or defineSystem, a folder
with a cell.ts, or a board's own by name: qemu-arm64-inmate-demo, rt:zynqmp-zcu102 (see jh-inmate boards BOARD).`,
  operands: "build|show|check|diff ...",
  mostOperands: Number.POSITIVE_INFINITY,
  args: {
    out: { type: "string", alias: "o", valueHint: "PATH", description: "build: the file or, with --all, the folder" },
    all: { type: "boolean", description: "build: everything that the boards have" },
    format: {
      type: "string",
      valueHint: "FORMAT",
      description: "mainline, or rt (the real-time fork): which of a board's two is meant, and what a file must be",
    },
    board: {
      type: "string",
      valueHint: "BOARD",
      description: "which of a file's cells is meant, and whose devices a .cell file names",
    },
    json: { type: "boolean", description: "show, check, diff: for programs" },
  },
  run: async ({ _: [name, ...operands], format, ...flags }) => {
    const action = await find(name);
    const given: Flags = { ...flags, format: formatFlag(format) };
    checkUse(`config ${name}`, action, operands, given);
    return action.run(operands, given);
  },
});

async function find(name: string | undefined): Promise<Action> {
  const names = Object.keys(actions);
  if (name === undefined) {
    throw new UserError(
      `config needs what to do, ${names.slice(0, -1).join(", ")} or ${names.at(-1)}: see jh-inmate help config`,
    );
  }
  const load = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (load) return (await load()).default;
  const near = nearest(name, names);
  throw new UserError(
    `config has no "${name}": ${near === undefined ? "see jh-inmate help config" : `did you mean "${near}"?`}`,
  );
}

/** Refuses flags and numbers of operands that the action does not take. */
function checkUse(
  name: string,
  { usage, flags, least, most }: Action,
  operands: readonly string[],
  given: Flags,
): void {
  for (const flag of ["out", "all", "format", "board", "json"] as const) {
    if (given[flag] === undefined || given[flag] === false || flags.includes(flag)) continue;
    throw new UserError(`${name} does not take --${flag}: jh-inmate ${name} ${usage}`);
  }
  if (operands.length > most)
    throw new UserError(`${name} does not take "${operands[most]}": jh-inmate ${name} ${usage}`);
  if (operands.length < least && !given.all) throw new UserError(`${name} is incomplete: jh-inmate ${name} ${usage}`);
}
