import type { ArgsDef, CommandDef, ParsedArgs } from "citty";

/** A command of ours: one that citty runs, with what its help and the check of its command line need. */
export interface Command extends CommandDef<ArgsDef> {
  args: ArgsDef;
  description: string;
  /** What the usage line shows for the operands: "[DIR|FILE.wasm|FILE.wat]". */
  operands: string;
  /** How many operands it takes at most. */
  mostOperands: number;
}

interface Definition<A extends ArgsDef> {
  description: string;
  operands: string;
  mostOperands: number;
  args: A;
  /** Gives the exit code; operands are in `args._`. */
  run: (args: ParsedArgs<A>) => number | Promise<number>;
}

export function command<const A extends ArgsDef>({ run, ...rest }: Definition<A>): Command {
  return { ...rest, run: ({ args }) => run(args as ParsedArgs<A>) };
}
