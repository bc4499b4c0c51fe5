/** Commands whose first operand says what to do: `config show`, `lab plot`. */
import { nearest } from "../../boards/nearest.ts";
import { UserError } from "../errors.ts";

export interface Action<Flags> {
  /** What stands behind its name on the command line. */
  readonly usage: string;
  /** The flags that it takes. */
  readonly flags: readonly (keyof Flags & string)[];
  /** How many operands it takes. */
  readonly least: number;
  readonly most: number;
  /** Gives the exit code. */
  readonly run: (operands: readonly string[], flags: Flags) => Promise<number>;
}

/** Each is loaded only when it is called. */
export type Actions<Flags> = Readonly<Record<string, () => Promise<{ default: Action<Flags> }>>>;

export async function findAction<Flags>(
  command: string,
  actions: Actions<Flags>,
  name: string | undefined,
): Promise<Action<Flags>> {
  const names = Object.keys(actions);
  if (name === undefined) {
    throw new UserError(
      `${command} needs what to do, ${names.slice(0, -1).join(", ")} or ${names.at(-1)}: see jh-inmate help ${command}`,
    );
  }
  const load = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (load) return (await load()).default;
  const near = nearest(name, names);
  throw new UserError(
    `${command} has no "${name}": ${near === undefined ? `see jh-inmate help ${command}` : `did you mean "${near}"?`}`,
  );
}

/** Refuses flags, of all that the command has, and numbers of operands that the action does not take. */
export function checkUse<Flags>(
  name: string,
  { usage, flags, least, most }: Action<Flags>,
  operands: readonly string[],
  given: Flags,
  all: readonly (keyof Flags & string)[],
): void {
  for (const flag of all) {
    if (given[flag] === undefined || given[flag] === false || flags.includes(flag)) continue;
    throw new UserError(`${name} does not take --${flag}: jh-inmate ${name} ${usage}`);
  }
  if (operands.length > most)
    throw new UserError(`${name} does not take "${operands[most]}": jh-inmate ${name} ${usage}`);
  if (operands.length < least) throw new UserError(`${name} is incomplete: jh-inmate ${name} ${usage}`);
}
