import { execFileSync } from "node:child_process";
import { packageRoot } from "../scripts/root.ts";

/** Before the tests: bundle the command anew, since the tests in test/cli run what users run, dist/cli.js. */
export default function setup(): void {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: packageRoot, stdio: "inherit" });
}
