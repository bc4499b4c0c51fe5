/** The engine of this process: what the others are compared with. */
import { createContext, Script } from "node:vm";
import { type Call, type Engine, hex64, type Outcome, type Subject, type Trap, trapped } from "./subject.ts";

const MESSAGES: readonly (readonly [RegExp, Trap])[] = [
  [/unreachable/, "unreachable"],
  [/divide by zero|remainder by zero/, "divide"],
  [/divide result unrepresentable|float unrepresentable in integer range/, "integer"],
  [/table index is out of bounds|null function or function signature mismatch/, "table"],
  [/memory access out of bounds/, "memory"],
  [/table (access|element|segment)|element segment/, "table"],
  [/call stack/, "stack"],
];

/** What takes longer never ends: a module that was made smaller may have lost the end of its loop. */
const MILLISECONDS = 5_000;
const caller = new Script("make()");
const callers = createContext({});

/** @throws Error for a call that does not end: no outcome, as the other engines need not wait for it */
function outcomeOf(make: () => bigint): Outcome {
  try {
    callers.make = make;
    return hex64(caller.runInContext(callers, { timeout: MILLISECONDS }));
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    if (code === "ERR_SCRIPT_EXECUTION_TIMEOUT") throw new Error(`a call has not ended in V8 after ${MILLISECONDS} ms`);
    return trapped(MESSAGES.find(([pattern]) => pattern.test(message))?.[1] ?? "other");
  }
}

type Exports = Record<string, (...args: bigint[]) => bigint>;

/** Starts a subject, and gives what calls it. @throws Error if its start traps */
export async function startV8({ wasm, entries }: Subject): Promise<(call: Call) => Outcome> {
  const { instance } = await WebAssembly.instantiate(wasm as BufferSource);
  const exports = instance.exports as Exports;
  return ({ entry, args }) => outcomeOf(() => exports[entries[entry]!.name]!(...args));
}

export const v8: Engine = {
  name: "V8",
  features: "all",
  run: (subjects) =>
    Promise.all(
      subjects.map(async (subject) => {
        const call = await startV8(subject);
        return [hex64(0n), ...subject.calls.map(call)];
      }),
    ),
};
