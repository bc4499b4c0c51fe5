/** The module beside wasm3.bin: what is said when it is not as it should be, and how it is loaded anew. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { HEADER } from "../../scripts/pipeline/wasm3/module-image.ts";
import { packageRoot } from "../../scripts/root.ts";
import { startCellbox } from "../../scripts/run/cellbox.ts";
import { makeJob } from "../../scripts/run/jobs.ts";
import type { CellJob } from "../../scripts/run/target.ts";

const root = mkdtempSync(join(tmpdir(), "jh-wasm3-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const job = (source: string, board: string) => makeJob({ source, board, engine: "wasm3" });
const hello = (board: string) => job(join(packageRoot, "demos/hello"), board);

async function run(job: CellJob) {
  const run = await startCellbox([job], { seconds: 2 });
  const out: Buffer[] = [];
  run.onOutput((_, bytes) => out.push(Buffer.from(bytes)));
  const { states } = await run.done;
  return { console: Buffer.concat(out).toString().replaceAll("\r", ""), state: states[0] };
}

/** With the module's image changed. */
function withModule(job: CellJob, change: (bytes: Uint8Array) => Uint8Array): CellJob {
  const [program, module, ...others] = job.images as [CellJob["images"][0], CellJob["images"][0]];
  return { ...job, images: [program, { ...module, bytes: change(Uint8Array.from(module.bytes)) }, ...others] };
}

function withField(name: (typeof HEADER)[number], value: number) {
  return (bytes: Uint8Array) => {
    new DataView(bytes.buffer).setUint32(4 * HEADER.indexOf(name), value, true);
    return bytes;
  };
}

/** As if the build had known a cell with less RAM. */
function withRam(ram: number) {
  return (bytes: Uint8Array) => {
    for (const [name, value] of [
      ["ram", ram],
      ["ram_check", ~ram >>> 0],
    ] as const)
      withField(name, value)(bytes);
    return withField("crc", crc32(bytes.subarray(12)))(bytes);
  };
}

test("wasm3 cannot compile it in the RAM that there is", async () => {
  const large = await job(join(packageRoot, "demos/ivshmem-demo"), "qemu-arm64");
  expect(await run(withModule(large, withRam(0x64000)))).toEqual({
    console: "*** wasm3: the cell's RAM is too small for the module: give the cell more\n",
    state: "failed",
  });
});

describe.each(["qemu-arm64", "qemu-x86"])("on %s", (board) => {
  test("runs", async () => {
    expect(await run(await hello(board))).toEqual({ console: "Hello from TypeScript!\n", state: "shut down" });
  });
  test("nothing is loaded there", async () => {
    const job = await hello(board);
    expect(await run({ ...job, images: job.images.slice(0, 1) })).toEqual({
      console: "*** wasm3: nothing is loaded behind wasm3.bin: load NAME.wasm.img, too, where the build says\n",
      state: "failed",
    });
  });
  test("a bit of it is wrong", async () => {
    const damage = (bytes: Uint8Array) => bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] ?? 0) ^ 1);
    expect(await run(withModule(await hello(board), damage))).toEqual({
      console: "*** wasm3: the module is damaged: load it again\n",
      state: "failed",
    });
  });
  test("it is cut short", async () => {
    expect(await run(withModule(await hello(board), (bytes) => bytes.subarray(0, 2000)))).toEqual({
      console: "*** wasm3: the module is damaged: load it again\n",
      state: "failed",
    });
  });
  test("the size of the RAM in its header is wrong", async () => {
    expect(await run(withModule(await hello(board), withField("ram", 0x7654321)))).toEqual({
      console: "*** wasm3: the module is damaged: load it again\n",
      state: "failed",
    });
  });
  test("it says that it is larger than the cell's RAM", async () => {
    expect(await run(withModule(await hello(board), withField("length", 0x7000000)))).toEqual({
      console: "*** wasm3: the module is larger than the cell's RAM\n",
      state: "failed",
    });
  });
  test("it is for another version", async () => {
    expect(await run(withModule(await hello(board), withField("version", 77)))).toEqual({
      console: "*** wasm3: the module is for another version of wasm3.bin: build it again, and load both\n",
      state: "failed",
    });
  });

  test("started again without being loaded, then with another module loaded beside the same wasm3.bin", async () => {
    const folder = join(root, board);
    const other = join(folder, "main.ts");
    mkdirSync(folder);
    writeFileSync(other, 'import { console } from "jh-inmate";\nconsole.log("another one");\n');
    const [first, second] = [await hello(board), await job(folder, board)];
    expect(second.images[0]?.bytes).toEqual(first.images[0]?.bytes);
    const running = await startCellbox([first], { reloadable: true, seconds: 20 });
    let text = "";
    const line = (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => (text.split("\n").length > count ? resolve() : setTimeout(look, 20));
        look();
      });
    running.onOutput((_, bytes) => {
      text += Buffer.from(bytes).toString().replaceAll("\r", "");
    });
    await line(1);
    expect(await running.reload([], 5000)).toBe(true);
    await line(2);
    expect(await running.reload(second.images.slice(1), 5000)).toBe(true);
    await line(3);
    running.stop();
    await running.done;
    expect(text.split("\n")).toEqual(["Hello from TypeScript!", "Hello from TypeScript!", "another one", ""]);
  });
});
