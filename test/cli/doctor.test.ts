import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hasApt, installCommand, type Need } from "../../scripts/doctor/install.ts";
import { folder, jhInmate } from "./cli.ts";

const everything = new Set<Need>(["clang", "lld", "llvm", "qemu", "qemu-x86"]);

test("all tools are there: one line, or none", async () => {
  const { code, stdout } = await jhInmate(["doctor"]);
  expect(stdout).toMatch(/^all tools are there: node [\d.]+, clang [\d.]+, lld [\d.]+, llvm [\d.]+, qemu [\d.]+\n$/);
  expect(code).toBe(0);
  expect(await jhInmate(["doctor", "--quiet"])).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("with an empty PATH everything is missing, and the command that installs it is named", async () => {
  const { code, stdout, stderr } = await jhInmate(["doctor"], { PATH: "" });
  expect(stdout).toMatch(/^clang +missing *$/m);
  expect(stderr).toMatch(
    /^error: clang is missing, ld\.lld is missing, .*qemu-system-aarch64 is missing, qemu-system-x86_64 is missing: \S+/,
  );
  expect(stderr).toContain(installCommand(everything, { llvm: 19 }));
  expect(code).toBe(2);
});

test("a tool that is too old is named with both versions", async () => {
  const dir = await folder();
  const old = "#!/bin/sh\necho 'QEMU emulator version 5.2.0 (Debian 1:5.2+dfsg-11)'\n";
  await writeFile(join(dir, "qemu-system-aarch64"), old, { mode: 0o755 });
  const { code, stderr } = await jhInmate(["doctor"], { PATH: `${dir}:${process.env.PATH}` });
  expect(stderr).toMatch(/^error: qemu-system-aarch64 5\.2\.0 is too old \(7 or newer is needed\): /);
  expect(code).toBe(2);
});

test.for([
  [["debian"], false, "sudo apt-get install -y clang-19 lld-19 llvm-19 qemu-system-arm qemu-system-x86"],
  [["debian"], true, "apt-get install -y clang-19 lld-19 llvm-19 qemu-system-arm qemu-system-x86"],
  [
    ["linuxmint", "ubuntu", "debian"],
    false,
    "sudo apt-get install -y clang-19 lld-19 llvm-19 qemu-system-arm qemu-system-x86",
  ],
  [["fedora"], false, "sudo dnf install -y clang lld llvm qemu-system-aarch64-core qemu-system-x86-core"],
  [
    ["manjaro", "arch"],
    false,
    "sudo pacman -S --needed --noconfirm clang lld llvm qemu-system-aarch64 qemu-system-x86",
  ],
  [["alpine"], true, "apk add clang lld llvm qemu-system-aarch64 qemu-system-x86_64"],
  [["darwin"], false, "brew install llvm@19 lld@19 qemu"],
  [
    ["plan9"],
    false,
    "install clang, lld and llvm of one version from 14 to 19 and QEMU 7 or newer with qemu-system-aarch64 and qemu-system-x86_64",
  ],
] as const)("%j, root %j: %s", ([systems, root, command]) => {
  expect(installCommand(everything, { systems: [...systems], root, llvm: 19 })).toBe(command);
});

test("only what is missing is installed", () => {
  expect(installCommand(new Set(["qemu"]), { systems: ["ubuntu"], root: true, llvm: 19 })).toBe(
    "apt-get install -y qemu-system-arm",
  );
});

/** A PATH with an apt-get that fails `failures` times, then "installs" a QEMU, and with a sudo; both note what they did. */
async function fakeApt(failures: number): Promise<{ PATH: string; log: () => Promise<string> }> {
  const dir = await folder();
  const program = (name: string, text: string) => writeFile(join(dir, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  await program("qemu", "echo QEMU emulator version 9.2.0");
  await program("qemu-system-x86_64", "echo QEMU emulator version 9.2.0");
  await program("sudo", 'while :; do case "$1" in -*|*=*) shift;; *) break;; esac; done; exec "$@"');
  await program(
    "apt-get",
    `echo "$@" >> ${dir}/log
     case "$1" in install) ;; *) exit 0;; esac
     echo x >> ${dir}/tries
     [ "$(/usr/bin/wc -l < ${dir}/tries)" -gt ${failures} ] && /bin/cp ${dir}/qemu ${dir}/qemu-system-aarch64`,
  );
  return { PATH: dir, log: () => readFile(join(dir, "log"), "utf8") };
}

describe.skipIf(!hasApt())("doctor --fix on a system with apt", () => {
  test("installs what is missing and nothing else", async () => {
    const { PATH, log } = await fakeApt(0);
    const { code, stdout, stderr } = await jhInmate(["doctor", "--fix"], { PATH });
    expect(stderr).toContain("doctor: qemu-system-aarch64 is missing\n");
    expect(stderr).toContain("doctor: installing qemu-system-arm (apt-get)\n");
    expect(await log()).toContain("install -y -q --no-install-recommends qemu-system-arm\n");
    expect(stdout).toContain("qemu 9.2.0");
    expect(stderr).toContain(`for run --gdb: gdb-multiarch is missing: ${installCommand(new Set(["gdb"]))}\n`);
    expect(stderr).toContain(`for --engine wasm3: pip3 is missing: ${installCommand(new Set(["pip"]))}\n`);
    expect(code).toBe(0);
  });

  test("tries once more with fresh package lists", async () => {
    const { PATH, log } = await fakeApt(1);
    const { code, stderr } = await jhInmate(["doctor", "--fix", "--quiet"], { PATH });
    expect(stderr).toContain("doctor: apt-get failed, trying once more with fresh package lists\n");
    expect(await log()).toMatch(/install.*\nupdate -q\ninstall/);
    expect(code).toBe(0);
  });

  test("gives up with the command to type", async () => {
    const { PATH } = await fakeApt(2);
    const { code, stderr } = await jhInmate(["doctor", "--fix"], { PATH });
    expect(stderr).toMatch(
      /error: apt-get could not install, please run: (sudo )?apt-get install -y qemu-system-arm\n$/,
    );
    expect(code).toBe(2);
  });
});
