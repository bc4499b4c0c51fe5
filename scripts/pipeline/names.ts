/** Names on their way from TypeScript through Wasm and C to the reader of a report. */

/** The Wasm name: wasm2c writes characters that C does not know as `0xHH`, behind the prefix `w2c_app_`. */
export function wasmName(cName: string): string {
  return cName
    .replace(/^w2c_(?:app_)?/, "")
    .replace(/0x([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** What a reader of a report calls the function. */
export function functionName(cName: string): string {
  return shortName(wasmName(cName));
}

/** `main/Foo#bar` → `Foo.bar`, `~lib/jh-inmate/timer/at` → `timer.at`, `start:main` → `top level`, `start:main~anonymous|0` → `(anonymous)`. */
function shortName(name: string): string {
  if (/~anonymous\|\d+$/.test(name)) return "(anonymous)";
  if (/^~?start(:|$)/.test(name)) return "top level";
  // The console transform makes a function of each call: main/console.log~1<u64>.
  const path = name.replace(/~\d+(<.*>)?$/, "").split("/");
  const last = (path.pop() ?? name).replace(/#(get:|set:)?/g, ".").replace(/\|inlined\.\d+$/, "");
  const module = path.findLast((part) => part !== "index");
  return name.startsWith("~lib/jh-inmate/") && module !== "jh-inmate" ? `${module}.${last}` : last;
}
