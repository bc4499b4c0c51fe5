// Makes a fresh clone work: npm packages, the bundle of the command, the tools that doctor looks after.
// Plain JavaScript, because it runs before anything is installed and Node 20 cannot load TypeScript.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What only tests want: command, and apt's package. */
const TEST_TOOLS = [
  ["chromium", "chromium"],
  ["sshd", "openssh-server"],
  ["pip3", "python3-pip"],
];

checkNode();
// `npm ci` makes the bundle, too.
if (packagesAreCurrent()) run("npm", ["run", "--silent", "build"]);
else run("npm", ["ci", "--no-audit", "--no-fund"]);
run(process.execPath, ["dist/cli.js", "doctor", "--fix", "--quiet"]);
if (process.argv.includes("--tests")) installTestTools();

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `error: node ${process.versions.node} is too old: install node 20.19 or newer, see https://nodejs.org/`,
  );
  process.exit(2);
}

/** Tests say what to do where there is no apt. */
function installTestTools() {
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin"];
  const isThere = (command) => folders.some((folder) => existsSync(`${folder}/${command}`));
  const packages = TEST_TOOLS.filter(([command]) => !isThere(command)).map(([, name]) => name);
  if (packages.length === 0 || !isThere("apt-get")) return;
  const asRoot = (...words) => {
    const [command, ...args] = process.getuid?.() === 0 ? words : ["sudo", "-n", ...words];
    return spawnSync(command, args, { stdio: ["inherit", 2, 2] }).status === 0;
  };
  // The tests start an sshd of their own: no service is to open a port on this machine.
  if (packages.includes("openssh-server") && existsSync("/run/systemd/system"))
    asRoot("systemctl", "mask", "ssh.service", "ssh.socket");
  const install = () => asRoot("apt-get", "install", "-y", "-q", "--no-install-recommends", ...packages);
  // An old list of packages is the usual reason for a failure.
  if (!install() && asRoot("apt-get", "update", "-q")) install();
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
