/**
 * `npm run soak`: ten million timer interrupts on the instruction clock, or as many as two minutes allow. None may be lost or drift, the heap may
 * not grow; the program itself watches that.
 */
import { join } from "node:path";
import { packageRoot } from "../../scripts/root.ts";
import { startCellbox } from "../../scripts/run/cellbox.ts";
import { makeJob } from "../../scripts/run/jobs.ts";

const INTERRUPTS = 10_000_000;
const STEP = 100_000;
const LIMIT = 120_000;

const args = `interrupts=${INTERRUPTS} step=${STEP}`;
const job = await makeJob({ source: join(packageRoot, "test/soak"), board: "qemu-arm64", args });
const run = await startCellbox([job], { icount: true });
let text = "";
run.onOutput((_, bytes) => {
  text += Buffer.from(bytes).toString("latin1");
});
const timer = setTimeout(() => run.stop(), LIMIT);
const { states } = await run.done;
clearTimeout(timer);

const lines = text.split("\r\n").filter((line) => line !== "");
// The last one may be cut off where the time was up.
const last = lines.findLast((line) => /^\d+ interrupts, .* bytes$/.test(line));
console.log(last ?? "no interrupts");
const wrong = lines.filter((line) => line.startsWith("***"));
if (wrong.length > 0) console.log(text);
process.exitCode = last !== undefined && wrong.length === 0 && !states.includes("failed") ? 0 : 1;
