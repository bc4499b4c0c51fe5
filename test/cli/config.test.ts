import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { type CellConfig, decodeCell, encodeCell, formats } from "../../boards/index.ts";
import { qemuArm64 } from "../../boards/qemu-arm64/index.ts";
import { zynqmpZcu102 } from "../../boards/zynqmp-zcu102/index.ts";
import { packageRoot } from "../../scripts/root.ts";
import { folder, jhInmate } from "./cli.ts";

const own = `import { defineCell, qemuArm64 } from "jh-inmate/config";
export default defineCell({ board: qemuArm64, extend: "qemu-arm64-inmate-demo", name: "mine", cpus: [1, 2], ram: "1M" });
`;

async function ownCell(): Promise<string> {
  const file = join(await folder(), "mine.ts");
  await writeFile(file, own);
  return file;
}

async function cellFile(cell: CellConfig, format = formats.mainline): Promise<string> {
  const file = join(await folder(), "x.cell");
  await writeFile(file, encodeCell(cell, format));
  return file;
}

test("build writes X.ts as X.cell, or where -o says", async () => {
  const file = await ownCell();
  const target = join(await folder(), "new", "that.cell");
  const [beside, there] = await Promise.all([
    jhInmate(["config", "build", file]),
    jhInmate(["config", "build", file, "-o", target]),
  ]);
  expect(beside).toEqual({ code: 0, stdout: expect.stringMatching(/^484 bytes {2}.*mine\.cell\n$/), stderr: "" });
  expect(there.code).toBe(0);
  const bytes = await readFile(file.replace(".ts", ".cell"));
  expect(decodeCell(bytes)).toMatchObject({ name: "mine", cpus: [1, 2] });
  expect(await readFile(target)).toEqual(bytes);
});

test("build writes a board's own configuration in the format that is asked for", async () => {
  const dir = await folder();
  const build = (out: string, ...args: string[]) => jhInmate(["config", "build", ...args, "-o", join(dir, out)]);
  await Promise.all([
    build("a.cell", "zynqmp-zcu102-inmate-demo"),
    build("b.cell", "zynqmp-zcu102-inmate-demo", "--format", "rt"),
    build("c.cell", "rt:zynqmp-zcu102-inmate-demo"),
  ]);
  const [a, b, c] = await Promise.all(["a", "b", "c"].map((name) => readFile(join(dir, `${name}.cell`))));
  expect(a).toEqual(Buffer.from(encodeCell(zynqmpZcu102.cells["zynqmp-zcu102-inmate-demo"])));
  expect(b!.subarray(0, 6).toString()).toBe("JHCELL");
  expect(c).toEqual(b);
});

test.each([
  ["mainline", "mainline Jailhouse"],
  ["rt", "the real-time fork"],
])("build --all of %s has the references byte for byte", async (format, whose) => {
  const dir = await folder();
  const { code, stdout } = await jhInmate(["config", "build", "--all", "-o", dir, "--format", format]);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^\\d+ files for ${whose} \\(\\d+ systems, \\d+ cells\\) in .*\n$`));
  const references = (
    await readFile(new URL(`../../boards/references/${format}.sha256`, import.meta.url), "utf8")
  ).trim();
  for (const line of references.split("\n")) {
    const [sha256, , name] = line.split(/ +/) as [string, string, string];
    const bytes = await readFile(join(dir, name));
    expect([name, createHash("sha256").update(bytes).digest("hex")]).toEqual([name, sha256]);
  }
});

test("build --all keeps what else is in the folder", async () => {
  const dir = await folder();
  await mkdir(join(dir, "arm64"));
  await writeFile(join(dir, "arm64", "mine.cell"), "mine");
  await jhInmate(["config", "build", "--all", "-o", dir]);
  expect(await readdir(join(dir, "arm64"))).toContain("mine.cell");
  expect(await readdir(join(dir, "arm64"))).toContain("qemu-arm64-gicv2.cell");
});

test.each([
  ["qemu-arm64-inmate-demo"],
  ["qemu-arm64"],
  ["zynqmp-zcu102-rootcol"],
  ["apic-demo"],
  ["bananapi-inmate-demo"],
])("show %s", async (name) => {
  const { code, stdout, stderr } = await jhInmate(["config", "show", name]);
  expect([code, stderr]).toEqual([0, ""]);
  await expect(stdout).toMatchFileSnapshot(`pages/${name}.txt`);
});

test("show takes a .cell file, says which reference it is, and names the devices of its board", async () => {
  const stock = qemuArm64.cells["qemu-arm64-inmate-demo"];
  const [same, changed] = await Promise.all([cellFile(stock), cellFile({ ...stock, cpus: [1, 2] })]);
  const [known, likely] = await Promise.all([
    jhInmate(["config", "show", same]),
    jhInmate(["config", "show", changed]),
  ]);
  expect(known.stdout).toContain(`\nthe same as the reference qemu-arm64-inmate-demo\nboard qemu-arm64: `);
  expect(likely.stdout).toContain(`"inmate-demo", arm64, mainline (revision 14)\nprobably board qemu-arm64: `);
  expect(likely.stdout).toContain("pl011, the console");
});

test("show takes a folder with a cell.ts", async () => {
  const { stdout } = await jhInmate(["config", "show", "demos/smp-demo", "--board", "qemu-arm64"]);
  expect(stdout).toMatch(/^demos\/smp-demo\/cell\.ts: cell "smp-demo", arm64, mainline/);
  expect(stdout).toContain("\n  CPUs       1-4\n");
});

test("a folder that is called as a configuration does not hide it", async () => {
  const dir = await folder();
  await mkdir(join(dir, "hikey"));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(packageRoot, "dist/cli.js"), "config", "show", "hikey"],
    {
      cwd: dir,
    },
  );
  expect(stdout).toMatch(/^hikey: system "HiKey"/);
});

test("show reads files of the fork, whose architecture its board tells", async () => {
  const cell = zynqmpZcu102.rt?.cells["zynqmp-zcu102-inmate-col-demo"] as CellConfig;
  const { stdout } = await jhInmate(["config", "show", await cellFile(cell, formats.rt)]);
  expect(stdout).toContain('"inmate-demo", arm64, real-time fork (revision 13)');
  expect(stdout).toContain("colours 0-7 of 16  ■■■■■■■■········");
});

test("show --json is the decoded model", async () => {
  const { stdout } = await jhInmate(["config", "show", "qemu-arm64-inmate-demo", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    file: "qemu-arm64-inmate-demo",
    format: "mainline",
    board: "qemu-arm64",
    reference: "qemu-arm64-inmate-demo",
    kind: "cell",
    name: "inmate-demo",
    cpus: [1],
    resetAddress: "0x0",
    console: { type: "PL011", address: "0x9000000" },
  });
});

test("diff tells what is different and exits with 1", async () => {
  const { code, stdout } = await jhInmate(["config", "diff", "qemu-arm64-inmate-demo", await ownCell()]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^--- qemu-arm64-inmate-demo\n\+\+\+ .*mine\.ts\n\n/);
  expect(stdout.split("\n\n")[1]).toBe(`~ name: inmate-demo → mine
~ CPUs: 1 → 1-2
~ memory at 0x0 (RAM): size: 64 KiB → 1 MiB
~ memory at 0x0 (RAM): physical: 0x7fa00000 → 0x78000000
`);
});

test("diff of what is equal exits with 0", async () => {
  const file = await cellFile(qemuArm64.cells["qemu-arm64-inmate-demo"]);
  const { code, stdout } = await jhInmate(["config", "diff", "qemu-arm64-inmate-demo", file]);
  expect([code, stdout]).toEqual([0, "no difference\n"]);
});

test("diff --json, and across formats", async () => {
  const { code, stdout } = await jhInmate(["config", "diff", "hikey", "rt:hikey", "--json"]);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    a: "hikey",
    b: "hikey",
    differences: [{ change: "changed", what: "format", before: "mainline", after: "rt" }],
  });
});

test("check of what fits finds nothing", async () => {
  const { code, stdout } = await jhInmate(
    ["config", "check", "qemu-arm64", "qemu-arm64-inmate-demo", await ownCell()].slice(0, 4),
  );
  expect([code, stdout]).toEqual([0, "qemu-arm64, qemu-arm64-inmate-demo: nothing found\n"]);
});

test("check tells what goes wrong, why and what to do, and exits with 1", async () => {
  const args = ["config", "check", "qemu-arm64", "qemu-arm64-linux-demo", "qemu-arm64-zephyr-demo"];
  const [text, json] = await Promise.all([jhInmate(args), jhInmate([...args, "--json"])]);
  expect([text.code, json.code]).toEqual([1, 1]);
  expect(text.stdout).toMatch(
    /^error: [\w-]+ in qemu-arm64-linux-demo, qemu-arm64-zephyr-demo\n {2}what {2}\S.*\n( {8}.*\n)* {2}then {2}\S/,
  );
  expect(text.stdout).toMatch(/\n\nqemu-arm64, qemu-arm64-linux-demo, qemu-arm64-zephyr-demo: \d errors\n$/);
  expect(JSON.parse(json.stdout)[0]).toMatchObject({
    severity: "error",
    files: ["qemu-arm64-linux-demo", "qemu-arm64-zephyr-demo"],
  });
});
