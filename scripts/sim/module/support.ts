/**
 * The second step to the simulation copy: what the program imports from "jh" gets a body, and calls JavaScript ("sim") only where a device
 * or the machine has to do something. Then Binaryen's Asyncify makes every stack one that can be left and entered again, so that the test
 * goes on while the program is in the midst of a loop, and several CPUs share one instance.
 *
 * Only `sim.pause` leaves the stack, and only `safe_point` calls it: there interrupts are taken, too. All frames between a program and its
 * handlers are frames of the module.
 */
import type Binaryen from "binaryen";
import { INTRINSICS, type Intrinsic } from "../../../runtime/intrinsics.ts";
import { type Layout, WORD } from "./layout.ts";

type Api = typeof Binaryen;
type Expression = number;

/** What a `sim` import of the copy does; `glue/` has them. */
export const POINT = { goOn: 0, pause: 1, firstEntry: 2 } as const;

export const COMM_ADDRESS = 0x100000;
const PAGE = 0x1000;
const MASKED = 0x80;
/** A CPU that says it spins takes its time. */
const RELAX_NS = 100;
/** What the model of the memory system lets take time. */
const WINDOW_ACCESS = /^(load|store)f?\d+$/;
/** Those of the CPU itself take no more than other instructions. */
const SYSTEM_REGISTER = /^(pmu|physical_timer)_/;

/** Fills in the bodies and gives the module that runs. `handler`: what the interrupt vector calls gets the vector's number. */
/** `quick`: asyncify alone takes a fifth of the time of asyncify and what it then optimises. */
export function complete(api: Api, bytes: Uint8Array, layout: Layout, quick = false): Uint8Array {
  const module = api.readBinary(bytes);
  module.setFeatures(
    api.Features.MutableGlobals | api.Features.SignExt | api.Features.NontrappingFPToInt | api.Features.BulkMemory,
  );
  try {
    new Support(api, module, layout).fill();
    api.setDebugInfo(true);
    api.setOptimizeLevel(quick ? 0 : 1);
    api.setShrinkLevel(0);
    api.setPassArgument("asyncify-imports", "sim.pause");
    module.runPasses(["asyncify"]);
    return module.emitBinary();
  } finally {
    module.dispose();
  }
}

class Support {
  readonly #api: Api;
  readonly #m: Binaryen.Module;
  readonly #layout: Layout;
  readonly #names = new Map<string, string>();

  constructor(api: Api, module: Binaryen.Module, layout: Layout) {
    this.#api = api;
    this.#m = module;
    this.#layout = layout;
  }

  fill(): void {
    const { i32, none } = this.#api;
    const imports: [row: Intrinsic, name: string][] = [];
    for (let i = 0; i < this.#m.getNumFunctions(); i++) {
      const info = this.#api.getFunctionInfo(this.#m.getFunctionByIndex(i));
      if (info.module !== "jh") continue;
      const row = INTRINSICS.find(({ name }) => name === info.base);
      if (row) imports.push([row, info.name]);
    }
    for (let i = 0; i < this.#m.getNumExports(); i++) {
      const { name, value } = this.#api.getExportInfo(this.#m.getExportByIndex(i));
      if (name.startsWith("sim:")) this.#names.set(name, value);
    }
    this.#import("point", [], i32);
    this.#import("leave", [], none);
    this.#import("pause", [], none);
    this.#import("vector", [], i32);
    this.#import("stack_overflow", [], none);
    this.#import("bad_access", [i32, i32], none);
    this.#import("memory_size", [], i32);
    this.#import("memory_grow", [i32], i32);
    this.#import("wait_event", [], none);
    this.#fillStubs(imports.some(([row]) => row.name === "vector_entry"));
    for (const [row, name] of imports) this.#fillIntrinsic(row, name);
  }

  #import(name: string, params: readonly number[], result: number): void {
    this.#m.addFunctionImport(`sim.${name}`, "sim", name, this.#api.createType([...params]), result);
  }

  /** Gives a function its body, whatever it had before. */
  #define(name: string, params: readonly number[], result: number, vars: readonly number[], body: Expression): void {
    this.#m.removeFunction(name);
    this.#m.addFunction(name, this.#api.createType([...params]), result, [...vars], body);
  }

  #stub(name: string): string {
    return this.#names.get(`sim:${name}`) as string;
  }

  #word(word: keyof typeof WORD): Expression {
    return this.#m.i32.const(this.#layout.words + WORD[word]);
  }

  #f64(word: keyof typeof WORD): Expression {
    return this.#m.f64.load(0, 8, this.#word(word));
  }

  #safePoint(): Expression {
    return this.#m.call(this.#stub("safe_point"), [], this.#api.none);
  }

  /** When something is due, it is done. */
  #safePointIfDue(): Expression {
    return this.#m.if(this.#m.f64.ge(this.#f64("now"), this.#f64("deadline")), this.#safePoint());
  }

  #addTo(word: keyof typeof WORD, ns: Expression): Expression {
    return this.#m.f64.store(0, 8, this.#word(word), this.#m.f64.add(this.#f64(word), ns));
  }

  #fillStubs(takesVector: boolean): void {
    const m = this.#m;
    const { i32, none } = this.#api;
    const get = (i: number) => m.local.get(i, i32);
    const table = this.#table();
    const entry = m.i32.sub(get(0), m.i32.const(POINT.firstEntry));
    const handle = table
      ? m.block(null, [
          takesVector
            ? m.call_indirect(table, entry, [m.call("sim.vector", [], i32)], i32, none)
            : m.call_indirect(table, entry, [], none, none),
          m.call("sim.leave", [], none),
        ])
      : m.unreachable();
    this.#define(
      this.#stub("safe_point"),
      [],
      none,
      [i32],
      m.loop(
        "again",
        m.if(
          m.local.tee(0, m.call("sim.point", [], i32), i32),
          m.block(null, [
            m.if(m.i32.eq(get(0), m.i32.const(POINT.pause)), m.call("sim.pause", [], none), handle),
            m.br("again"),
          ]),
        ),
      ),
    );
    this.#define(this.#stub("stack_overflow"), [], none, [], m.call("sim.stack_overflow", [], none));
    this.#define(this.#stub("bad_access"), [i32, i32], none, [], m.call("sim.bad_access", [get(0), get(1)], none));
    const { start, limit } = this.#layout;
    // In 64 bits, as pointer and length may add up to more than 32.
    const end = m.i64.add(m.i64.extend_u(get(0)), m.i64.extend_u(get(1)));
    const outside = m.i32.or(m.i32.lt_u(get(0), m.i32.const(start)), m.i64.gt_u(end, m.i64.const(limit)));
    this.#define(
      this.#stub("check_range"),
      [i32, i32],
      none,
      [],
      m.if(
        m.i32.and(m.i32.ne(get(1), m.i32.const(0)), outside),
        m.call("sim.bad_access", [get(0), m.i32.const(0)], none),
      ),
    );
    const check = (pointer: number) => m.call(this.#stub("check_range"), [get(pointer), get(2)], none);
    this.#define(this.#stub("memory_size"), [], i32, [], m.call("sim.memory_size", [], i32));
    this.#define(this.#stub("memory_grow"), [i32], i32, [], m.call("sim.memory_grow", [get(0)], i32));
    this.#define(
      this.#stub("memory_copy"),
      [i32, i32, i32],
      none,
      [],
      m.block(null, [check(0), check(1), m.memory.copy(get(0), get(1), get(2))]),
    );
    this.#define(
      this.#stub("memory_fill"),
      [i32, i32, i32],
      none,
      [],
      m.block(null, [check(0), m.memory.fill(get(0), get(1), get(2))]),
    );
  }

  #table(): string | undefined {
    if (this.#m.getNumTables() === 0) return undefined;
    return this.#api.getTableInfo(this.#m.getTableByIndex(0)).name;
  }

  #fillIntrinsic(row: Intrinsic, name: string): void {
    const { i32, i64, f32, f64, none } = this.#api;
    const typeOf = { u32: i32, u64: i64, i64, f32, f64, void: none };
    const params = row.params.map(([, type]) => typeOf[type]);
    const result = typeOf[row.result];
    const body = this.#plain(row.name);
    if (body) {
      this.#define(name, params, result, body.vars ?? [], body.code);
      return;
    }
    this.#m.removeFunction(name);
    if (WINDOW_ACCESS.test(row.name)) {
      this.#fillWindowAccess(row, name, params, result);
      return;
    }
    this.#import(row.name, params, result);
    const call = this.#m.call(
      `sim.${row.name}`,
      params.map((type, i) => this.#m.local.get(i, type)),
      result,
    );
    this.#m.addFunction(
      name,
      this.#api.createType(params),
      result,
      result === none ? [] : [result],
      this.#timed(row, call, params, result),
    );
  }

  /** A load or store of a native address, which goes in two halves: numbers are passed much faster. JavaScript lets time pass. */
  #fillWindowAccess(row: Intrinsic, name: string, params: readonly number[], result: number): void {
    const m = this.#m;
    const { i32, i64, none } = this.#api;
    const [, ...values] = params;
    this.#import(row.name, [i32, i32, ...values], result);
    const address = () => m.local.get(0, i64);
    const halves = [m.i32.wrap(address()), m.i32.wrap(m.i64.shr_u(address(), m.i64.const(32)))];
    const call = m.call(`sim.${row.name}`, [...halves, ...values.map((type, i) => m.local.get(1 + i, type))], result);
    const after = this.#safePointIfDue();
    const set = () => m.local.set(params.length, call);
    const body =
      result === none
        ? m.block(null, [call, after])
        : m.block(null, [set(), after, m.local.get(params.length, result)], result);
    this.#m.addFunction(name, this.#api.createType([...params]), result, result === none ? [] : [result], body);
  }

  /** Asks JavaScript, and does what became due. */
  #timed(row: Intrinsic, call: Expression, params: readonly number[], result: number): Expression {
    const m = this.#m;
    const { none } = this.#api;
    const owe = SYSTEM_REGISTER.test(row.name) ? m.nop() : this.#addTo("owed", this.#f64("accessCost"));
    const after = [owe, this.#safePointIfDue()];
    if (result === none) return m.block(null, [call, ...after]);
    const asked = [m.local.set(params.length, call), ...after, m.local.get(params.length, result)];
    const width = /^read(8|16|32|64)$/.exec(row.name)?.[1];
    return width
      ? m.if(this.#isComm(), this.#commRead(width), m.block(null, asked, result))
      : m.block(null, asked, result);
  }

  #isComm(): Expression {
    const m = this.#m;
    const offset = m.i32.sub(m.local.get(0, this.#api.i32), m.i32.const(COMM_ADDRESS));
    return m.i32.lt_u(offset, m.i32.const(PAGE - 7));
  }

  #commRead(width: string): Expression {
    const m = this.#m;
    const at = m.i32.add(m.local.get(0, this.#api.i32), m.i32.const(this.#layout.comm - COMM_ADDRESS));
    if (width === "8") return m.i32.load8_u(0, 1, at);
    if (width === "16") return m.i32.load16_u(0, 1, at);
    return width === "32" ? m.i32.load(0, 1, at) : m.i64.load(0, 1, at);
  }

  /** What needs no JavaScript. */
  #plain(name: string): { code: Expression; vars?: number[] } | undefined {
    const m = this.#m;
    const { i32, i64, none } = this.#api;
    const arg = (i: number, type = i32) => m.local.get(i, type);
    const i32Word = (word: keyof typeof WORD) => m.i32.load(0, 4, this.#word(word));
    const hz = () => m.i64.load(0, 8, this.#word("counterHz"));
    const table = this.#table();
    switch (name) {
      case "barrier":
      case "barrier_store":
      case "barrier_device":
      case "barrier_load":
      case "report_begin":
        return { code: m.nop() };
      // The hypervisor sets no offset between them.
      case "counter":
      case "physical_counter": {
        const second = () => m.i64.const(1e9);
        const ns = () => m.local.get(0, i64);
        const whole = m.i64.mul(m.i64.div_u(ns(), second()), hz());
        const rest = m.i64.div_u(m.i64.mul(m.i64.rem_u(ns(), second()), hz()), second());
        const set = m.local.set(0, m.i64.trunc_u.f64(this.#f64("now")));
        return { code: m.block(null, [set, m.i64.add(whole, rest)], i64), vars: [i64] };
      }
      case "counter_hz":
        return { code: hz() };
      case "comm_region":
        return { code: m.i32.const(COMM_ADDRESS) };
      case "cpu_index":
        return { code: i32Word("cpu") };
      case "more_cpus":
        return { code: i32Word("moreCpus") };
      case "note":
        return { code: m.i64.store(0, 8, this.#word("note"), arg(0, i64)) };
      case "noted":
        return { code: m.i64.load(0, 8, this.#word("note")) };
      case "memory_limit":
        return { code: m.i32.const(this.#layout.limit) };
      case "constant":
        return { code: m.i32.load8_u(0, 1, m.i32.add(arg(0), m.i32.const(this.#layout.constants))) };
      case "interrupts_off": {
        const mask = m.i32.store(0, 4, this.#word("mask"), m.i32.const(MASKED));
        return { code: m.block(null, [m.local.set(0, i32Word("mask")), mask, arg(0)], i32), vars: [i32] };
      }
      case "interrupts_restore": {
        const taken = m.i32.and(m.i32.eqz(arg(0)), i32Word("pending"));
        return { code: m.block(null, [m.i32.store(0, 4, this.#word("mask"), arg(0)), m.if(taken, this.#safePoint())]) };
      }
      case "relax":
        return { code: m.block(null, [this.#addTo("now", m.f64.const(RELAX_NS)), this.#safePointIfDue()]) };
      case "wait_event":
        return this.#waitEvent();
      case "invoke":
        return table ? { code: m.call_indirect(table, arg(0), [], none, none) } : { code: m.unreachable() };
      default:
        return this.#atomic(name);
    }
  }

  /**
   * WFE: an event since the last one ends it at once. Else the next of the event stream does, and where nothing else comes before that, it
   * needs no JavaScript: a program that waits for an hour does this millions of times.
   */
  #waitEvent(): { code: Expression; vars: number[] } {
    const m = this.#m;
    const { f64 } = this.#api;
    const count = () => m.local.get(0, f64);
    const next = () => m.local.get(1, f64);
    const setSeen = (value: Expression) => m.f64.store(0, 8, this.#word("eventSeen"), value);
    const event = this.#word("event");
    const sleep = m.block(null, [
      m.local.set(1, m.f64.mul(m.f64.add(count(), m.f64.const(1)), this.#f64("eventPeriod"))),
      m.if(
        m.f64.lt(next(), this.#f64("deadline")),
        m.block(null, [
          this.#addTo("idle", m.f64.sub(next(), this.#f64("now"))),
          m.f64.store(0, 8, this.#word("now"), next()),
          setSeen(m.f64.add(count(), m.f64.const(1))),
        ]),
        m.block(null, [m.call("sim.wait_event", [], this.#api.none), this.#safePoint()]),
      ),
    ]);
    const code = m.block(null, [
      m.local.set(0, m.f64.floor(m.f64.div(this.#f64("now"), this.#f64("eventPeriod")))),
      m.if(
        m.i32.load(0, 4, event),
        m.i32.store(0, 4, this.#word("event"), m.i32.const(0)),
        m.if(m.f64.gt(count(), this.#f64("eventSeen")), setSeen(count()), sleep),
      ),
    ]);
    return { code, vars: [f64, f64] };
  }

  /** CPUs change places at safe points only, so plain accesses are atomic. */
  #atomic(name: string): { code: Expression; vars: number[] } | undefined {
    const match = /^atomic_(load|store|add|swap|compare_swap)(32|64)$/.exec(name);
    if (!match) return undefined;
    const m = this.#m;
    const [, what, bits] = match;
    const [type, ops, bytes] = bits === "64" ? [this.#api.i64, m.i64, 8] : [this.#api.i32, m.i32, 4];
    const arg = (i: number) => m.local.get(i, i === 0 ? this.#api.i32 : type);
    const params = what === "load" ? 1 : what === "compare_swap" ? 3 : 2;
    const before = () => m.local.get(params, type);
    const store = (value: Expression) => ops.store(0, bytes, arg(0), value);
    const check = m.block(null, [
      m.drop(m.call("sim.aligned", [arg(0), m.i32.const(bytes)], this.#api.i32)),
      m.call(this.#stub("check_range"), [arg(0), m.i32.const(bytes)], this.#api.none),
    ]);
    const load = m.local.set(params, ops.load(0, bytes, arg(0)));
    if (!this.#m.getFunction("sim.aligned")) this.#import("aligned", [this.#api.i32, this.#api.i32], this.#api.i32);
    const change =
      what === "load"
        ? []
        : [
            what === "compare_swap"
              ? m.if(ops.eq(before(), arg(1)), store(arg(2)))
              : store(what === "add" ? ops.add(before(), arg(1)) : arg(1)),
          ];
    const result = what === "store" ? [] : [before()];
    return {
      code: m.block(null, [check, load, ...change, ...result], what === "store" ? this.#api.none : type),
      vars: [type],
    };
  }
}
