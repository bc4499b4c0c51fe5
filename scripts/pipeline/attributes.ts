/**
 * Which functions clang makes small and which fast. Most of an image talks to people or runs once: it is COLD. The user's code and the
 * interrupt path are left to the optimisation that the user chose.
 */
import type { Item } from "./emit-c.ts";
import { wasmName } from "./names.ts";

/** Code of the SDK that handlers and inner loops run, and the length of an array. */
const HOT =
  /^~lib\/rt\/common\/|^~lib\/jh-inmate\/(timer|statistics|mmio|ram|cpu|atomic|lock|smp\/current|dma|irq\/|handlers\/dispatch|machine\/(timer|cpu\/|apic\/end|gic\/\w+\/dispatch|interrupts\/dispatch))/;
const SDK = /^(start:)?~lib\/(jh-inmate|rt|util\/number)\//;
const LIBRARY = /^~?(start:)?~lib\//;
const PRINTING = /\bconsole\.(log|write)~/;
const START = /^~start$|^start:jh-entry$/;
/** The top-level code of a file of the user's, without the functions in it. */
const USER_START = /^start:(?!~lib\/)[^~]*$/;

const DEFINITION = /^(?:static )?[\w* ]+?\b(w2c_app_\w+)\(w2c_app\*.*\{$/;
const LOOP = /\bvar_L\d+:/;

/** C function → attributes before its prototype. */
export function attributesOf(items: readonly Item[]): Map<string, string> {
  const bodies = new Map(items.flatMap(({ head, text }) => [[DEFINITION.exec(head)?.[1] ?? "", text]] as const));
  const styles = new Map([...bodies].map(([name, text]) => [name, style(wasmName(name), text)] as const));
  const attributes = new Map<string, string>([...styles].flatMap(([name, own]) => (own ? [[name, own] as const] : [])));
  for (const [name, text] of bodies) {
    if (name === "" || styles.get(name)?.endsWith("COLD")) continue;
    // A cold function must not be inlined into code that is not: it would grow there.
    for (const [, callee = ""] of text.matchAll(/\b(w2c_app_\w+)\(instance/g)) {
      if (styles.get(callee)?.endsWith("COLD")) attributes.set(callee, `${styles.get(callee)} NOINLINE`);
    }
  }
  return attributes;
}

/** Top-level code runs once, but it may loop for ever: then it keeps a function of its own, apart from the cold code that calls it. */
function style(name: string, text: string): "COLD" | "OWN" | "OWN_COLD" | "OWN NOINLINE" | undefined {
  if (START.test(name) || PRINTING.test(name) || (SDK.test(name) && !HOT.test(name))) return "COLD";
  if (USER_START.test(name)) return LOOP.test(text) ? "OWN NOINLINE" : "OWN_COLD";
  return LIBRARY.test(name) ? undefined : "OWN";
}
