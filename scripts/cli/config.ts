import { type Actions, checkUse, findAction } from "./actions.ts";
import { command } from "./command.ts";
import { type Flags, formatFlag } from "./config/flags.ts";

const actions: Actions<Flags> = {
  build: () => import("./config/build.ts"),
  show: () => import("./config/show.ts"),
  check: () => import("./config/check.ts"),
  diff: () => import("./config/diff.ts"),
};

const args = {
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
} as const;

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
  args,
  run: async ({ _: [name, ...operands], format, ...flags }) => {
    const action = await findAction("config", actions, name);
    const given: Flags = { ...flags, format: formatFlag(format) };
    const least = given.all ? 0 : action.least;
    checkUse(`config ${name}`, { ...action, least }, operands, given, Object.keys(args) as (keyof Flags)[]);
    return action.run(operands, given);
  },
});
