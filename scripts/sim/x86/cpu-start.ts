/**
 * How the CPUs of a cell start (jailhouse-abi 3.6; runtime/x86/cpus.c). All arrive at the reset address at once; the first goes on, the others wait
 * for INIT and SIPI. A SIPI leads to the image's start, which looks what the CPU is to do: the simulator has no other machine code.
 */
import type { Cpu } from "../cpu.ts";
import { PowerOff } from "../faults.ts";
import type { Machine } from "../machine.ts";
import { ICR } from "./apic-registers.ts";
import type { Starter } from "./apics.ts";
import type { LocalApic } from "./local-apic.ts";

const [SUCCESS, ABSENT, RUNS_ALREADY] = [0n, -3n, -4n];
/** What `cpu_state` says. */
const [NOT_HERE, WAITS] = [0, 1];

/** Commands of the APIC, and the time that the Intel SDM (volume 3A, 9.4.4) wants behind each. */
const [INIT, SIPI] = [0x4500n, 0x4600n];
const AFTER_INIT_NS = 10_000_000;
const AFTER_SIPI_NS = 200_000;
const IMAGE_START = 0;

export class CpuStart implements Starter {
  readonly #machine: Machine;
  readonly #apicOf: (cpu: Cpu) => LocalApic;
  /** What CPUs are to run that take their SIPI. */
  readonly #functions = new Map<Cpu, number>();
  /** They have taken INIT. */
  readonly #initialised = new Set<Cpu>();

  constructor(machine: Machine, apicOf: (cpu: Cpu) => LocalApic) {
    this.#machine = machine;
    this.#apicOf = apicOf;
  }

  /** 0: there is no such CPU, 1: it waits, else it runs. The first waits by this account, too. */
  state(apicId: number): number {
    const cpu = this.#find(apicId);
    if (!cpu) return NOT_HERE;
    return cpu.index === 0 || !this.#runs(cpu) ? WAITS : cpu.index + 1;
  }

  /** The CPU calls a function of the program; the caller waits until it has begun. */
  start(apicId: number, fn: number): bigint {
    const { engine } = this.#machine;
    const cpu = this.#find(apicId);
    if (!cpu) return ABSENT;
    if (cpu.index === 0 || this.#runs(cpu)) return RUNS_ALREADY;
    this.#functions.set(cpu, fn);
    const own = this.#apicOf(engine.current);
    const send = (command: bigint) => own.write(ICR, (BigInt(apicId) << 32n) | command);
    const now = engine.clock.now;
    send(INIT);
    engine.clock.at(now + AFTER_INIT_NS, () => send(SIPI));
    engine.sleep("event", now + AFTER_INIT_NS + AFTER_SIPI_NS);
    return SUCCESS;
  }

  init(apicId: number): void {
    const cpu = this.#find(apicId);
    if (!cpu || cpu.state === "parked") return;
    this.#apicOf(cpu).reset();
    this.#initialised.add(cpu);
    const isItself = cpu.state === "on" && cpu === this.#machine.engine.current;
    if (cpu.state === "on" || cpu.state === "halted") {
      cpu.state = "off";
      this.#machine.record({ kind: "cpu", cpu: cpu.index, state: cpu.state });
    }
    this.#machine.engine.changed();
    if (isItself) throw new PowerOff();
  }

  sipi(apicId: number, vector: number): void {
    const cpu = this.#find(apicId);
    if (!cpu || !this.#initialised.delete(cpu)) return;
    const fn = this.#functions.get(cpu);
    this.#functions.delete(cpu);
    if (vector !== IMAGE_START || fn === undefined) return;
    this.#machine.lifecycle.startFunction(cpu, fn);
    this.#machine.record({ kind: "cpu", cpu: cpu.index, state: cpu.state });
  }

  #runs(cpu: Cpu): boolean {
    return cpu.state !== "off" || this.#functions.has(cpu);
  }

  #find(apicId: number): Cpu | undefined {
    return this.#machine.engine.cpus.find(({ id }) => id === apicId);
  }
}
