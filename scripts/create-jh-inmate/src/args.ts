/** The command line. */
import { parseArgs } from "node:util";
import { didYouMean } from "../../../boards/nearest.ts";
import { messageOf, UserError } from "../../errors.ts";
import { templateNames } from "./templates.ts";

export interface Args {
  /** The folder that is to be made. */
  readonly dir?: string | undefined;
  readonly name?: string | undefined;
  readonly template?: string | undefined;
  readonly board?: string | undefined;
  readonly engine?: string | undefined;
  /** What to do with a folder that is not empty. */
  readonly existing?: Existing | undefined;
  /** To ask or not to ask; by default there is a terminal or not. */
  readonly interactive?: boolean | undefined;
  readonly help?: boolean | undefined;
  readonly version?: boolean | undefined;
}

export type Existing = "overwrite" | "ignore";

const options = {
  template: { type: "string", short: "t" },
  board: { type: "string", short: "b" },
  name: { type: "string" },
  engine: { type: "string" },
  overwrite: { type: "boolean" },
  ignore: { type: "boolean" },
  interactive: { type: "boolean", short: "i" },
  "no-interactive": { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

export const help = `Usage: npm create jh-inmate [DIRECTORY] -- [options]

Makes a project: a bare-metal program for the Jailhouse hypervisor in TypeScript. On a terminal it asks for what is not
given; elsewhere it takes the defaults.

  -t, --template NAME   ${templateNames.join(", ")} (default: ${templateNames[0]})
  -b, --board NAME      a board of jh-inmate boards (default: an emulated one)
      --engine ENGINE   aot: compiled to machine code, by clang (default); wasm3: interpreted, no compiler is needed
      --name NAME       the package's name (default: the directory's)
      --overwrite       removes what is in the directory
      --ignore          keeps what is in the directory, and adds to it
  -i, --interactive     asks, also without a terminal; --no-interactive never asks
  -h, --help
  -v, --version
`;

/** @throws UserError for what cannot be */
export function parse(argv: readonly string[]): Args {
  const { values, positionals } = parsed(argv);
  const [dir, more] = positionals;
  if (more !== undefined) throw new UserError(`"${more}" is one too many: there is one directory, "${dir}"`);
  const { overwrite, ignore, interactive, "no-interactive": silent, ...rest } = values;
  if (overwrite && ignore) throw new UserError("--overwrite and --ignore exclude each other: give one");
  if (interactive && silent) throw new UserError("--interactive and --no-interactive exclude each other: give one");
  return {
    ...rest,
    dir: dir?.trim().replace(/(?<=.)\/+$/, ""),
    existing: overwrite ? "overwrite" : ignore ? "ignore" : undefined,
    interactive: silent ? false : interactive,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UserError(problem(argv, error));
  }
}

/** What is wrong, in words shorter than parseArgs' own. */
function problem(argv: readonly string[], error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const flag = /'(?:-\w, )?(-[^' =]+)/.exec(messageOf(error))?.[1] ?? argv.join(" ");
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const near = didYouMean(
      flag,
      Object.keys(options).map((name) => `--${name}`),
    );
    return `there is no flag ${flag}${near}: see --help`;
  }
  const option = options[flag.replace(/^--?/, "") as keyof typeof options];
  return option?.type === "boolean" ? `${flag} takes no value` : `${flag} needs a value: ${flag} NAME`;
}

/**
 * npm keeps the flags before "--" for itself: it leaves their names in the environment, and their values among the
 * operands.
 * @throws UserError with the line to type
 */
export function checkNpm(argv: readonly string[], env: NodeJS.ProcessEnv): void {
  const taken = (["template", "board"] as const).filter((flag) => env[`npm_config_${flag}`] !== undefined);
  if (taken.length === 0) return;
  const values = argv.filter((arg) => !arg.startsWith("-"));
  const [dir] = values.splice(0, values.length > taken.length ? 1 : 0);
  const flags = taken.map((flag, i) => `--${flag} ${values[i] ?? "NAME"}`);
  const line = ["npm create jh-inmate", ...(dir === undefined ? [] : [dir]), "--", ...flags].join(" ");
  throw new UserError(`npm keeps flags for itself that are not behind "--": ${line}`);
}
