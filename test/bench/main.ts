/** `npm run bench [-- --json FILE] [-- --only NAME]`: TypeScript against the same code in C, in a cell and on this machine. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { stageProgress } from "../../scripts/cli/progress.ts";
import { report } from "../../scripts/cli/report.ts";
import { messageOf, UserError } from "../../scripts/errors.ts";
import { bench } from "./bench.ts";
import { chosen } from "./kernels.ts";
import { table } from "./table.ts";

async function main(): Promise<void> {
  const { json, only } = options();
  const names = chosen(only);
  const progress = stageProgress();
  const dir = await mkdtemp(join(tmpdir(), "jh-bench-"));
  try {
    const result = await bench(names, dir, progress.stage);
    progress.end();
    process.stdout.write(table(result));
    if (json !== undefined) await writeFile(json, `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    progress.end();
    await rm(dir, { recursive: true, force: true });
  }
}

function options(): { json?: string | undefined; only?: string[] | undefined } {
  try {
    return parseArgs({ options: { json: { type: "string" }, only: { type: "string", multiple: true } } }).values;
  } catch (error) {
    throw new UserError(`bench: ${messageOf(error)}; write npm run bench -- [--json FILE] [--only NAME]…`);
  }
}

await main().catch((error) => {
  process.exitCode = report(error);
});
