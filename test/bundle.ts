import { execFileSync } from "node:child_process";
import { packageRoot } from "../scripts/root.ts";

/** Before the tests: bundle the commands anew, since tests run what users run, dist/cli.js and that of create-jh-inmate. */
export default function setup(): void {
  for (const which of [[], ["--workspace", "create-jh-inmate"]]) {
    execFileSync("npm", ["run", "--silent", "build", ...which], { cwd: packageRoot, stdio: "inherit" });
  }
}
