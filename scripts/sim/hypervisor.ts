/** What the hypervisor does for and with the cell: messages, hypercalls, parking (jailhouse-abi 2, 3.7, 3.8). */

import type { CellConfig } from "../../boards/index.ts";
import { isTerminal, STATE, stateName } from "../cell-state.ts";
import type { Violation } from "./address-space.ts";
import { type CommRegion, MESSAGES, type Message, REPLIES, type Reply } from "./comm-region.ts";
import type { Cpu } from "./cpu.ts";
import type { Alarm, Clock } from "./device.ts";
import type { Recorder } from "./trace.ts";

const [REPLY_OFFSET, STATE_OFFSET] = [16, 8];
const APPROVED = 3;
/** One iteration of the hypervisor's waiting loop, ns: `msg_reply_timeout` counts them. */
const NS_PER_ITERATION = 10;

const HYPERCALL = { getInfo: 5, cpuInfo: 7, putc: 8 } as const;
const [EPERM, EINVAL, ENOSYS] = [-1, -22, -38];
const INFO = { memoryPool: 0, memoryUsed: 1, remapPool: 2, remapUsed: 3, cells: 4 } as const;
const [STATE_RUNNING, STATE_FAILED] = [0, 2];
const FIRST_STATISTIC = 1000;
const STATISTICS = 12;

export interface HypervisorHost {
  readonly cell: CellConfig;
  readonly comm: CommRegion;
  readonly cpus: readonly Cpu[];
  readonly clock: Clock;
  readonly record: Recorder;
  print(byte: number): void;
  /** What only the fork has; undefined: there is no such call. */
  forkCall(cpu: Cpu, code: number, arg1: bigint, arg2: bigint): bigint | undefined;
  /** No CPU of the cell runs any more. */
  stopAll(): void;
}

export interface Parked {
  readonly cpu: Cpu;
  readonly violation: Violation;
  /** Code addresses, innermost first. */
  readonly trace: readonly number[];
}

export class Hypervisor {
  readonly parked: Parked[] = [];
  /** The last answer to a message. */
  reply: Reply | undefined;
  readonly #host: HypervisorHost;
  /** A shutdown request waits for its answer. */
  #asked = false;
  #timeout: Alarm | undefined;

  constructor(host: HypervisorHost) {
    this.#host = host;
  }

  /** To a passive cell no message that the hypervisor knows is sent: it is taken to approve. */
  send(message: Message): void {
    const { cell, comm, clock, record } = this.#host;
    const code = typeof message === "number" ? message : MESSAGES[message];
    const isShutdown = code === MESSAGES.shutdown;
    if (isTerminal(comm.state)) return;
    if (typeof message === "string" && cell.flags.includes("passive-commreg")) {
      if (isShutdown) this.#shutDown();
      return;
    }
    record({ kind: "message", message: code });
    this.reply = undefined;
    this.#asked = isShutdown;
    comm.send(code);
    if (cell.replyTimeout === 0n) return;
    this.#timeout = clock.at(clock.now + Number(cell.replyTimeout) * NS_PER_ITERATION, () => this.#silent());
  }

  /** The cell has written to the comm region. */
  written(offset: number): void {
    const { comm, record } = this.#host;
    if (offset === STATE_OFFSET) {
      record({ kind: "state", state: stateName(comm.state) });
      if (this.#asked && isTerminal(comm.state)) {
        // That is an answer, too (jailhouse-abi 2).
        this.reply = REPLIES[APPROVED];
        this.#shutDown();
      }
    }
    if (offset !== REPLY_OFFSET || comm.reply === 0) return;
    record({ kind: "reply", reply: comm.reply });
    this.reply = REPLIES[comm.reply as keyof typeof REPLIES] ?? "unknown";
    this.#timeout?.cancel();
    if (this.#asked && comm.reply === APPROVED) this.#shutDown();
    this.#asked = false;
  }

  hypercall(cpu: Cpu, code: number, arg1: bigint, arg2: bigint): bigint {
    const result = this.#host.forkCall(cpu, code, arg1, arg2) ?? BigInt(this.#answer(code, Number(arg1), Number(arg2)));
    // A console would fill the trace.
    if (code !== HYPERCALL.putc)
      this.#host.record({
        kind: "hypercall",
        cpu: cpu.index,
        code,
        args: [Number(arg1), Number(arg2)],
        result: Number(result),
      });
    return result;
  }

  /** The CPU did what the cell may not do. The cell fails when its last CPU has. */
  park(cpu: Cpu, violation: Violation, trace: readonly number[]): void {
    const { cpus, record } = this.#host;
    cpu.state = "parked";
    this.parked.push({ cpu, violation, trace });
    const { what, address, size } = violation;
    record({ kind: "violation", cpu: cpu.index, what, address: Number(address), size });
    if (cpus.every(({ state }) => state === "parked")) this.setState(STATE.failed);
  }

  setState(state: number): void {
    const { comm, record } = this.#host;
    if (comm.state === state) return;
    comm.state = state;
    record({ kind: "state", state: stateName(state) });
  }

  #shutDown(): void {
    this.#asked = false;
    this.#host.stopAll();
    this.setState(STATE.shutDown);
  }

  #silent(): void {
    if (this.#asked) this.setState(STATE.failed);
    this.#asked = false;
  }

  #answer(code: number, arg1: number, arg2: number): number {
    const { cell, cpus, print } = this.#host;
    if (code === HYPERCALL.getInfo) return this.#info(arg1);
    if (code === HYPERCALL.cpuInfo) {
      const cpu = cpus.find(({ number }) => number === arg1);
      if (!cpu) return EPERM;
      if (arg2 === 0) return cpu.state === "parked" ? STATE_FAILED : STATE_RUNNING;
      return arg2 >= FIRST_STATISTIC && arg2 < FIRST_STATISTIC + STATISTICS ? 0 : EINVAL;
    }
    if (code === HYPERCALL.putc) {
      if (!cell.flags.some((flag) => flag === "virtual-console-permitted" || flag === "virtual-console-active"))
        return EPERM;
      print(arg1 & 0xff);
      return 0;
    }
    // What is left is the root cell's: disabling, creating, starting, loading, destroying and querying cells.
    return code < HYPERCALL.putc ? EPERM : ENOSYS;
  }

  /** Pages of the hypervisor's pools: it has none here. The root cell counts as a cell. */
  #info(type: number): number {
    if (type === INFO.cells) return 2;
    return type <= INFO.remapUsed ? 0 : EINVAL;
  }
}
