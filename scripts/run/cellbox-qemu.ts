/** QEMU as a child process: it gets its files, two lines to us, and a life that is never longer than ours. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import type { Duplex, Readable, Writable } from "node:stream";
import { findTool } from "../doctor/tools.ts";
import { anonymousFile } from "./anonymous-file.ts";
import type { NamedFile } from "./cellbox-job.ts";
import type { Emulation, Machine } from "./cellbox-machine.ts";

/**
 * Runs QEMU ("$@") and kills it as soon as descriptor 0 ends: that is when we say so, or when we are gone, however
 * that came. QEMU itself has no such switch.
 */
const LIFE_LINE = `exec 6<&0
"$@" </dev/null 6<&- &
qemu=$!
{ read -r _ <&6; kill -KILL $qemu; } 2>/dev/null &
watch=$!
wait $qemu
status=$?
kill $watch 2>/dev/null
exit $status`;

/** Descriptors of the child: the monitor's messages, the console, gdb, the shell's own, commands to the monitor, then the files. */
const MESSAGES = 3;
const CONSOLE = 4;
const GDB = 5;
const COMMANDS = 7;
const FIRST_FILE = 8;

export interface Qemu {
  readonly messages: Readable;
  /**
   * To the monitor. Not one line with the messages: to write when QEMU has just ended is an error, which would take the
   * last messages along.
   */
  readonly commands: Writable;
  readonly console: Readable;
  /** gdb's remote protocol; QEMU listens to it if it was started for a debugger. */
  readonly gdb: Duplex;
  /** What QEMU says itself; it should be nothing. */
  readonly errors: () => string;
  kill(): void;
  /** Resolves when QEMU has ended and everything that it wrote has been read. */
  readonly done: Promise<void>;
}

export interface QemuOptions {
  /** Counts instructions instead of time. */
  readonly icount: boolean;
  /** Waits for a debugger before the first instruction. */
  readonly gdb: boolean;
  /** Descriptor of the file that holds the RAM; undefined: nobody else is to see it. */
  readonly ram?: number | undefined;
}

export function startQemu(
  emulation: Emulation,
  monitor: string,
  files: readonly NamedFile[],
  machine: Machine,
  options: QemuOptions,
): Qemu {
  const opened = files.map(({ bytes }) => anonymousFile(bytes));
  const args = [findTool(emulation.qemu).path, ...commonArgs(options), ...emulation.args(monitor, machine)];
  files.forEach(({ name }, i) => {
    args.push("-fw_cfg", `name=${name},file=/dev/fd/${FIRST_FILE + i}`);
  });
  const { ram } = options;
  if (ram !== undefined) {
    const backend = `id=ram,size=${machine.ram},mem-path=/dev/fd/${FIRST_FILE + files.length},share=on`;
    args.push("-object", `memory-backend-file,${backend}`, "-machine", "memory-backend=ram");
  }
  // Its own session: a Ctrl-C of the terminal is ours to handle, the cell is to be asked first.
  const child = spawn("/bin/sh", ["-c", LIFE_LINE, "cellbox", ...args], {
    detached: true,
    stdio: [
      "pipe",
      "ignore",
      "pipe",
      "pipe",
      "pipe",
      "pipe",
      "ignore",
      "pipe",
      ...opened,
      ...(ram === undefined ? [] : [ram]),
    ],
  });
  for (const file of opened) closeSync(file);
  return handle(child);
}

function commonArgs({ icount, gdb }: QemuOptions): string[] {
  return [
    ...["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"],
    ...["-chardev", `socket,id=messages,fd=${MESSAGES}`, "-chardev", `socket,id=commands,fd=${COMMANDS}`],
    ...["-chardev", `socket,id=console,fd=${CONSOLE}`],
    ...(gdb ? ["-S", "-chardev", `socket,id=gdb,fd=${GDB}`, "-gdb", "chardev:gdb"] : []),
    ...(icount ? ["-icount", "shift=0,sleep=off"] : []),
  ];
}

function handle(child: ChildProcess): Qemu {
  const [life, , stderr, messages, console, gdb, , commands] = [...child.stdio] as unknown as [
    Writable,
    null,
    Readable,
    Readable,
    Readable,
    Duplex,
    null,
    Writable,
  ];
  const said: Buffer[] = [];
  stderr.on("data", (bytes: Buffer) => said.push(bytes));
  // A line that breaks because the other side has ended is no error.
  for (const stream of [life, messages, console, gdb, commands]) stream.on("error", () => {});
  const done = new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve());
  });
  return {
    messages,
    commands,
    console,
    gdb,
    errors: () => Buffer.concat(said).toString().trim(),
    kill: () => life.destroy(),
    done,
  };
}
