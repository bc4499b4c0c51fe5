/** The engine of this process: what the others are compared with. */
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

function outcomeOf(make: () => bigint): Outcome {
  try {
    return hex64(make());
  } catch (error) {
    const { message } = error as Error;
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
