/** An npm registry on this machine alone, which has what is published to it and passes on the rest. */
import { execFile, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Those that are only ever taken from here: the world may have other versions of them. */
const OWN = ["jh-inmate", "create-jh-inmate"];
const START = 30_000;

export interface Registry {
  /** The environment of npm commands that know no other registry, with a cache of their own. */
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/** @param dir what it keeps; gone with it */
export async function startRegistry(dir: string): Promise<Registry> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  await mkdir(dir, { recursive: true });
  const config = join(dir, "verdaccio.json");
  await writeFile(config, JSON.stringify(configuration(dir, await usualRegistry())));
  // npm publishes with a token only, whatever its worth.
  const npmrc = join(dir, "npmrc");
  await writeFile(npmrc, `registry=${url}\n//127.0.0.1:${port}/:_authToken=nobody\n`);

  // In a process of its own: it ends with a signal and leaves nothing behind.
  const require = createRequire(import.meta.url);
  const program = join(dirname(require.resolve("verdaccio/package.json")), "bin/verdaccio");
  const server = spawn(process.execPath, [program, "--config", config, "--listen", `127.0.0.1:${port}`], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const closed = new Promise<void>((resolve) => server.on("close", () => resolve()));
  let output = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (bytes) => (output += bytes));
  for (const end = performance.now() + START; !(await answers(url)); await sleep(100)) {
    if (server.exitCode !== null || performance.now() > end) throw new Error(`verdaccio does not start: ${output}`);
  }
  const stop = () => {
    server.kill();
    return closed;
  };
  return {
    env: { ...withoutNpm(process.env), npm_config_userconfig: npmrc, npm_config_cache: join(dir, "cache") },
    stop,
  };
}

/** Anyone on this machine may publish, and nobody else is there. Configuration files in YAML may be JSON. */
function configuration(dir: string, usual: string) {
  const everyone = { access: "$all", publish: "$all", unpublish: "$all" };
  return {
    storage: join(dir, "storage"),
    web: { enable: false },
    auth: { htpasswd: { file: join(dir, "htpasswd"), max_users: -1 } },
    uplinks: { usual: { url: usual, maxage: "1h", timeout: "60s" } },
    packages: {
      ...Object.fromEntries(OWN.map((name) => [name, everyone])),
      "**": { access: "$all", publish: "$all", proxy: "usual" },
    },
    log: { type: "stdout", format: "pretty", level: "warn" },
  };
}

/** Where this machine gets its packages from. */
async function usualRegistry(): Promise<string> {
  return (await run("npm", ["config", "get", "registry"])).stdout.trim();
}

/** `npm test` tells its children about itself, in words that npm would take for its configuration. */
function withoutNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_/i.test(name)));
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}-/ping`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** One that nobody listens at. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
