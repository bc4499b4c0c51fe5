// `npm start`: set up, then the first demo. Plain JavaScript for the same reason as setup.mjs.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import "./setup.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
// On a terminal the user ends it by Ctrl-C; elsewhere nobody could.
const limit = process.stdout.isTTY ? [] : ["--seconds", "5"];
const args = ["dist/cli.js", "run", "demos/gic-demo", "--board", "qemu-arm64", ...limit];
const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
// Ctrl-C reaches the child as well, which asks the cell to shut down: wait for that.
process.on("SIGINT", () => {});
child.on("close", (code) => process.exit(code ?? 1));
