// Makes a fresh clone work: npm packages, the bundle of the command, the tools that doctor looks after.
// Plain JavaScript, because it runs before anything is installed and Node 20 cannot load TypeScript.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

checkNode();
// `npm ci` makes the bundle, too.
if (packagesAreCurrent()) run("npm", ["run", "--silent", "build"]);
else run("npm", ["ci", "--no-audit", "--no-fund"]);
run(process.execPath, ["dist/cli.js", "doctor", "--fix", "--quiet"]);
if (process.argv.includes("--tests")) installBrowser();

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `error: node ${process.versions.node} is too old: install node 20.19 or newer, see https://nodejs.org/`,
  );
  process.exit(2);
}

/** Only a test wants it, which says what to do where there is no apt. */
function installBrowser() {
  const isThere = (command) => spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
  if (isThere("chromium") || !isThere("apt-get")) return;
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const [command, ...args] = [...asRoot, "apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"];
  spawnSync(command, args, { stdio: ["inherit", 2, 2] });
}

/** npm writes node_modules/.package-lock.json when it has installed everything. */
function packagesAreCurrent() {
  const time = (file) => statSync(new URL(`../${file}`, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return time("node_modules/.package-lock.json") >= time("package-lock.json");
}

/** Runs a step in the root folder; what it prints goes to stderr, since stdout belongs to the command that follows. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["inherit", 2, 2] });
  if (error) console.error(`error: cannot run ${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 2);
}
