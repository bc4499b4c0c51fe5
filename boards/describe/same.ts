/** Where two decoded values differ. */

export interface Place {
  /** "memory[2].flags[0]" */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** The first place in the order of `a`'s fields; undefined if the values are equal. */
export function firstDifference(a: unknown, b: unknown, path = ""): Place | undefined {
  if (isObject(a) && isObject(b)) {
    const keys = Array.isArray(a) ? [...a.keys(), ...(b as unknown[]).keys()] : [...Object.keys(a), ...Object.keys(b)];
    for (const key of new Set<string | number>(keys as (string | number)[])) {
      const at = typeof key === "number" ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
      const found = firstDifference((a as Fields)[key], (b as Fields)[key], at);
      if (found) return found;
    }
    return undefined;
  }
  return Object.is(a, b) ? undefined : { path, before: word(a), after: word(b) };
}

type Fields = Readonly<Record<string | number, unknown>>;

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function word(value: unknown): string {
  if (typeof value === "bigint") return `0x${value.toString(16)}`;
  if (value === undefined) return "nothing";
  return isObject(value) ? "…" : String(value);
}
