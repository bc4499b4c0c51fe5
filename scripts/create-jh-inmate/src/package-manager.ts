/** The package manager that called, and how it does things. */

export interface PackageManager {
  readonly name: string;
  /** Installs the dependencies. */
  readonly install: string;
  /** Before the name of a script of package.json. */
  readonly run: string;
  /** Before a command of an installed package. */
  readonly exec: string;
}

/** Scripts that npm, pnpm and yarn run without "run"; bun has a `bun test` of its own. */
const managers: readonly PackageManager[] = [
  { name: "npm", install: "npm install", run: "npm", exec: "npx" },
  { name: "pnpm", install: "pnpm install", run: "pnpm", exec: "pnpm exec" },
  { name: "yarn", install: "yarn", run: "yarn", exec: "yarn" },
  { name: "bun", install: "bun install", run: "bun run", exec: "bunx" },
];

/** @param userAgent npm_config_user_agent, "pnpm/10.2.0 npm/? node/v22.1.0 linux x64": all of them set it */
export function packageManager(userAgent = ""): PackageManager {
  const caller = userAgent.split("/")[0];
  return managers.find(({ name }) => name === caller) ?? (managers[0] as PackageManager);
}

/** Its name with the version, if it told one. */
export function described({ name }: PackageManager, userAgent = ""): string {
  const version = new RegExp(`^${name}/(\\S+)`).exec(userAgent)?.[1];
  return version === undefined ? name : `${name} ${version}`;
}

/** The command for a script; `npm build` would be something else. */
export function script({ run }: PackageManager, name: string): string {
  const short = run !== "npm" || name === "start" || name === "test";
  return short ? `${run} ${name}` : `${run} run ${name}`;
}
