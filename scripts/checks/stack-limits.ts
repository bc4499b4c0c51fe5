/** The stacks of a program: what each has and needs. */
import { UserError } from "../errors.ts";
import { wasmName } from "../pipeline/names.ts";
import type { Allowances } from "./allow.ts";
import type { CheckedRoot } from "./index.ts";
import { SDK } from "./references.ts";
import { type CodeFunction, chainNames, type Depth, stackDepths, stackLines } from "./stack.ts";

/** Bytes. */
export interface StackSizes {
  readonly main: number;
  readonly handlers: number;
  /** Of each further CPU. */
  readonly cpus: number;
  readonly report: number;
  /** The most that the main stack can have. */
  readonly largestMain: number;
}
/** What the vectors push before they call C. */
export interface VectorFrames {
  readonly interrupt: number;
  readonly fault: number;
  /** On the stack in use, before they change to another. */
  readonly interrupted: number;
}
export interface StackUse {
  /** Bytes; null: there is no bound. */
  readonly depth: number | null;
  readonly size: number;
  /** The deepest calls, outermost first. */
  readonly chain: readonly string[];
}
export interface StackReport {
  readonly main: StackUse;
  /** Only if there are interrupt handlers. */
  readonly handlers?: StackUse;
  /** Only if further CPUs are started. */
  readonly cpus?: StackUse;
  /** The report of a fault. */
  readonly report: StackUse;
}

/** Where C begins: the program, what a further CPU runs, and the report of a fault. */
const ENTRY = { main: "runtime_main", cpu: "further_cpu_main", report: "report_fault" } as const;
const PAGE = 4096;

export function checkStacks(
  name: string,
  functions: readonly CodeFunction[],
  roots: readonly CheckedRoot[],
  allowances: Allowances,
  sizes: StackSizes,
  vector: VectorFrames,
): StackReport {
  const depthOf = stackDepths(functions, ({ frames }) =>
    frames.every(({ position }) => !allowances.has("stack", position) && !allowances.has("recursion", position)),
  );
  const main = deepest([depthOf(ENTRY.main)], vector.interrupted) as Depth;
  const enough = Math.ceil((main.bytes ?? 0) / PAGE) * PAGE;
  const remedy =
    enough <= sizes.largestMain
      ? `write stack: "${enough / 1024}K" in jh-inmate.config.ts`
      : `more than ${sizes.largestMain / 1024}K cannot be given: call less deeply`;
  refuse(main, sizes.main, `${name}: needs # of main stack, but has @: ${remedy}`);
  const ofRoots = (wanted: CheckedRoot["kind"], frame: number) => {
    const names = new Set(roots.filter(({ kind }) => kind === wanted).map((root) => root.name));
    return deepest(
      functions.filter((fn) => names.has(wasmName(fn.name))).map((fn) => depthOf(fn.name)),
      frame,
    );
  };
  const handlers = ofRoots("vector", vector.interrupt);
  const cpus = ofRoots("cpu", (functions.find((fn) => fn.name === ENTRY.cpu)?.frame ?? 0) + vector.interrupted);
  refuse(
    handlers,
    sizes.handlers,
    `${name}: needs # of stack for interrupt handlers, but has @: let the handler set a flag, and the main program do the work`,
  );
  refuse(
    cpus,
    sizes.cpus,
    `${name}: needs # of stack on a further CPU, but has @: call less deeply in what smp.start is given`,
  );
  return {
    main: use(main, sizes.main),
    ...(handlers && { handlers: use(handlers, sizes.handlers) }),
    ...(cpus && { cpus: use(cpus, sizes.cpus) }),
    report: use(deepest([depthOf(ENTRY.report)], vector.fault) as Depth, sizes.report),
  };
}

/** In `message`, # stands for what is needed and @ for what is there. */
function refuse(depth: Depth | undefined, size: number, message: string): void {
  if (depth?.bytes === undefined || depth.bytes <= size) return;
  throw new UserError(message.replace("#", bytes(depth.bytes)).replace("@", bytes(size)), stackLines(depth).join("\n"));
}

/** Whether a function in C is the SDK's or the runtime's, and not the program's. */
export function isOurs(cName: string): boolean {
  return !cName.startsWith("w2c_app_") || wasmName(cName).startsWith(SDK);
}

function deepest(depths: readonly Depth[], frame: number): Depth | undefined {
  const sums = depths.map(({ bytes, chain }) => ({ bytes: bytes === undefined ? undefined : bytes + frame, chain }));
  return (
    sums.find(({ bytes }) => bytes === undefined) ?? sums.sort((a, b) => (b.bytes as number) - (a.bytes as number))[0]
  );
}

function use(depth: Depth, size: number): StackUse {
  return { depth: depth.bytes ?? null, size, chain: depth.bytes === undefined ? [] : chainNames(depth) };
}

function bytes(count: number): string {
  return `${count.toLocaleString("en")} bytes`;
}
