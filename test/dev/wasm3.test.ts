import { expect, test } from "vitest";
import { startDev } from "./session.ts";

/** Cells that are asked before they are shut down. */
const CELL = `import { defineCell, qemuArm64, qemuX86 } from "jh-inmate/config";
export default [
  defineCell({ board: qemuArm64, extend: "qemu-arm64-inmate-demo", name: "dev", ram: "1M", flags: [] }),
  defineCell({ board: qemuX86, extend: "tiny-demo", name: "dev", flags: [] }),
];
`;
/** Time counts from the start of the machine. */
const says = (text: string, end = "cell.serve();") => `import { cell, console, timer } from "jh-inmate";

console.log(\`${text} at \${timer.ns(timer.now()) / 1000000} ms.\`);
${end}
`;

test.each(["qemu-arm64", "qemu-x86"])("%s: a change is the module alone, in a machine that goes on", async (board) => {
  const args = ["--board", board, "--engine", "wasm3"];
  const dev = await startDev({ files: { "cell.ts": CELL, "main.ts": says("one") }, args });
  const time = async (text: string) =>
    Number(/ at (\d+) ms\.\n$/.exec(await dev.sees(new RegExp(`${text} at \\d+ ms\\.\\n`)))?.[1]);
  const times = [await time("one")];
  await dev.put("main.ts", says("two"));
  times.push(await time("two"));
  // One that ends, and then fails, is replaced as well.
  await dev.put("main.ts", says("three", ""));
  times.push(await time("three"));
  await dev.sees(/: shut down after \d+\.\d s\n/);
  await dev.put("main.ts", says("four", "unreachable();"));
  times.push(await time("four"));
  await dev.sees("*** unreachable code was reached\n    at top level (main.ts:4:1)\n");
  await dev.sees(/: failed after \d+\.\d s\n/);
  await dev.put("main.ts", says("five"));
  times.push(await time("five"));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  // One that does not answer ends with its machine, whose time begins anew.
  await dev.put("main.ts", says("six", "for (;;) timer.now();"));
  times.push(await time("six"));
  await dev.put("main.ts", says("seven"));
  expect(await time("seven")).toBeLessThan(times.at(-1) as number);
  dev.signal("SIGTERM");
  expect(await dev.code).toBe(0);
});
