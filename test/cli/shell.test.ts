/** The session with the jailhouse tool's commands, as a script on stdin. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { build } from "../../scripts/pipeline/build.ts";
import { packageRoot } from "../../scripts/root.ts";

interface Said {
  readonly code: number | null;
  /** What came, stdout and stderr in one. */
  readonly text: string;
}

function shell(script: string, ...flags: string[]): Promise<Said> {
  const command = [process.execPath, join(packageRoot, "dist/cli.js"), "shell", ...flags];
  // In one pipe both streams keep their order.
  const child = spawn("sh", ["-c", 'exec "$0" "$@" 2>&1', ...command], { cwd: packageRoot });
  let text = "";
  child.stdout.on("data", (bytes: Buffer) => {
    text += bytes.toString();
  });
  child.stdin.end(script);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, text }));
  });
}

/** What was said to the n-th command line, without the lines of a cell's timer. */
function answers({ text }: Said): string[] {
  const parts = text.split(/^# /m).slice(1);
  return parts.map((part) =>
    part
      .split("\n")
      .slice(1)
      .filter((line) => line !== "" && !line.includes("Timer fired"))
      .join("\n"),
  );
}

describe("without a cell", () => {
  test("nothing is enabled, then it is", async () => {
    const said = await shell(`
      jailhouse cell list
      cell create qemu-arm64-inmate-demo.cell
      jailhouse enable configs/arm64/qemu-arm64.cell
      enable qemu-arm64.cell
      cell list
      console
      disable
      console
    `);
    expect(answers(said)).toEqual([
      "",
      "JAILHOUSE_CELL_CREATE: Invalid argument\n(Jailhouse is not enabled: jailhouse enable SYSTEM.cell)",
      "",
      "JAILHOUSE_ENABLE: Device or resource busy\n(Jailhouse is enabled already: jailhouse disable)",
      `${"ID      Name                    State             Assigned CPUs           Failed CPUs             "}
0       qemu-arm64              running           0-15                                            `,
      "Initializing Jailhouse hypervisor (emulated by cellbox)\nActivating hypervisor",
      "",
      "read(console): Invalid argument\n(Jailhouse is not enabled: jailhouse enable SYSTEM.cell)",
    ]);
    expect(said.code).toBe(1);
  });

  test.each<[line: string, answer: string]>([
    ["cell create nothing.cell", "opening nothing.cell: No such file or directory"],
    ["enable inmate.cell", "opening inmate.cell: No such file or directory"],
    [
      "cell create qemu-arm64.cell",
      "JAILHOUSE_CELL_CREATE: Invalid argument\n(qemu-arm64 is a system's configuration)",
    ],
    [
      "cell create qemu-arm64-zephyr-demo.cell",
      "", // CPUs 0 and 1: root's
    ],
    [
      "cell start inmate-demo",
      "JAILHOUSE_CELL_START: No such file or directory\n(there is no cell yet: jailhouse cell create)",
    ],
    ["cell destroy 0", "JAILHOUSE_CELL_DESTROY: Invalid argument\n(that is the root cell, Linux itself)"],
    ["cell linux a b", "cell linux is a helper of the tool that needs Linux: it is not emulated here"],
    ["cell stats", "usage: jailhouse cell stats { ID | [--name] NAME }"],
    ["cell stats 1", "reading stats: No such file or directory\n(there is no cell yet: jailhouse cell create)"],
    ["cell stats 0", "reading stats: Invalid argument\n(that is the root cell, Linux itself)"],
    ["sleep for ever", "sleep: write how many seconds"],
  ])("%s", async (line, answer) => {
    const [, said] = answers(await shell(`enable qemu-arm64.cell\n${line}\n`));
    expect(said).toBe(answer);
  });

  test("a wrong command line prints the tool's usage", async () => {
    const said = await shell("cell frobnicate\ncell load\ncell start\n");
    for (const answer of answers(said)) expect(answer).toMatch(/^Usage: jailhouse \{ COMMAND/);
    expect(said.code).toBe(1);
  });

  test("--board is the machine: another's system is not for it", async () => {
    const said = await shell("enable rpi4.cell\n", "--board", "qemu-arm64");
    expect(answers(said)).toEqual([
      "JAILHOUSE_ENABLE: Invalid argument\n(rpi4 is for rpi4, this machine is a qemu-arm64)",
    ]);
  });
});

test("a cell from create to destroy, and what is refused on the way", async () => {
  const said = await shell(`
    enable qemu-arm64.cell
    cell create qemu-arm64-inmate-demo.cell
    cell create qemu-arm64-inmate-demo.cell
    cell create qemu-arm64-zephyr-demo.cell
    cell load inmate-demo hello.bin -a 0x20000000
    cell load inmate-demo hello.bin
    cell start inmate-demo
    sleep 1
    cell list
    cell start 1
    sleep 1
    cell destroy --name inmate-demo
    cell list
    disable
  `);
  const header = "ID      Name                    State             Assigned CPUs           Failed CPUs             ";
  expect(answers(said)).toEqual([
    "",
    "",
    "JAILHOUSE_CELL_CREATE: File exists\n(there is a cell inmate-demo already)",
    "JAILHOUSE_CELL_CREATE: Device or resource busy\n(CPU 1 is not the root cell's now)",
    expect.stringMatching(
      /^\(building .*hello for cell inmate-demo\)\nJAILHOUSE_CELL_LOAD: Invalid argument\n\(\d+ bytes at 0x20000000 lie in no loadable region of cell inmate-demo as a whole\)$/,
    ),
    expect.stringMatching(/^\(building .*hello for cell inmate-demo\)$/),
    "",
    "inmate-demo | Hello from TypeScript!",
    `${header}\n0       qemu-arm64              running           0,2-15                                          \n1       inmate-demo             shut down         1                                               `,
    "",
    "inmate-demo | Hello from TypeScript!",
    "",
    `${header}\n0       qemu-arm64              running           0-15                                            `,
    "",
  ]);
  expect(said.code).toBe(0);
});

describe("with wasm3", () => {
  test("the module is loaded beside the image, then another one in its place", async () => {
    const said = await shell(`
      enable qemu-arm64.cell
      cell create demos/gic-demo/cell.ts
      cell load gic-demo wasm3.bin gic-demo.wasm.img -a 0x24000
      cell start gic-demo
      sleep 1
      cell load gic-demo hello.wasm.img -a 0x24000
      cell start gic-demo
      sleep 1
    `);
    const answer = answers(said);
    expect(answer[2]).toContain("(building wasm3.bin for cell gic-demo)");
    expect(said.text).toMatch(/gic-demo \| Timer fired, jitter: .*\n/);
    expect(answer.at(-1)).toBe("gic-demo | Hello from TypeScript!");
  });

  test("reports name the lines of a program whose files a build has left", async () => {
    const out = await mkdtemp(join(tmpdir(), "jh-test-"));
    for (const name of ["index-out-of-range", "outside-the-cell"]) {
      const source = join(packageRoot, "test/fixtures/faults", name);
      const { dir } = await build({ source, board: "qemu-arm64", engine: "wasm3", out: join(out, name) });
      const said = await shell(`
        enable qemu-arm64.cell
        cell create ${dir}/${name}.cell
        cell load 1 ${dir}/wasm3.bin ${dir}/${name}.wasm.img -a 0x24000
        cell start 1
        sleep 1
        console
      `);
      const lines = name === "outside-the-cell" ? / {4}at steal \(main\.ts:4:10\)/ : / {4}at prime \(main\.ts:5:10\)/;
      expect(said.text).toMatch(lines);
    }
    await rm(out, { recursive: true });
  });
});

test("the demonstration of Jailhouse's manual, word for word", async () => {
  const said = await shell(
    `jailhouse enable /path/to/qemu-x86.cell
    jailhouse cell create /path/to/apic-demo.cell
    jailhouse cell load apic-demo /path/to/apic-demo.bin
    jailhouse cell start apic-demo
    sleep 1
    jailhouse cell create /path/to/pci-demo.cell
    jailhouse cell shutdown apic-demo
    jailhouse cell shutdown apic-demo
    jailhouse cell create /path/to/pci-demo.cell
    jailhouse cell load pci-demo /path/to/pci-demo.bin \\
        -s "con-base=0x2f8" -a 0x1000
    jailhouse cell start pci-demo
    sleep 1
    jailhouse cell start apic-demo
    sleep 1
    jailhouse cell load pci-demo /path/to/pci-demo.bin \\
        -s "con-base=0x2f8" -a 0x1000
    jailhouse cell start pci-demo
    sleep 1
    jailhouse cell list
    jailhouse disable
    jailhouse disable
`,
    "--board",
    "qemu-x86",
  );
  const answer = answers(said);
  const begins = expect.stringMatching(
    /apic-demo \| Calibrated TSC frequency: .*\napic-demo \| Calibrated APIC frequency: /,
  );
  expect(answer[4]).toEqual(begins);
  expect(answer[5]).toBe(
    "JAILHOUSE_CELL_CREATE: Operation not permitted\n(cell apic-demo has locked the configuration: jailhouse cell shutdown apic-demo)",
  );
  expect(answer[6]).toContain("apic-demo | Rejecting first shutdown request - try again!");
  expect(answer[6]).toContain("JAILHOUSE_CELL_LOAD: Operation not permitted");
  expect(answer[7]).toBe("apic-demo | Stopped APIC demo");
  expect(answer[8]).toBe("");
  expect(answer[11]).toMatch(
    /^pci-demo \| Found 8086:.*\npci-demo \| HDBAR at .*\npci-demo \| HDA MSI received \(STATESTS: 0001\)$/,
  );
  expect(answer[17]).toMatch(/^1 +apic-demo +running\/locked +3 *\n2 +pci-demo +running +2 *$/m);
  expect(answer[18]).toContain("JAILHOUSE_DISABLE: Operation not permitted");
  expect(answer[19]).toBe("apic-demo | Stopped APIC demo");
  expect(said.text.match(/Timer fired, jitter/g)?.length).toBeGreaterThan(15);
  expect(said.code).toBe(0);
});
