/**
 * Takes instructions out of clang's x86-64 assembly that extend what is extended already. A pointer of Wasm has 32 bits, an address 64. Whoever
 * writes 32 bits of a register clears the other half (Intel SDM 1, 3.4.1.1), but clang remembers who wrote it within a basic block only, and
 * begins the next with `movl %esi, %esi`: for example on the way from one node of a list to the next.
 *
 * A forward analysis knows at each instruction the registers whose upper half is clear; one bit each. Whatever it does not know, it takes for
 * something that changes all of them.
 */

const NAMES = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"];
/** `%esi` and the like → width in bits and the register's bit. */
const REGISTERS = new Map<string, { readonly bits: number; readonly mask: number }>([
  ...NAMES.flatMap((name, i) => [
    [`%r${name}`, { bits: 64, mask: 1 << i }] as const,
    [`%e${name}`, { bits: 32, mask: 1 << i }] as const,
    [`%${name}`, { bits: 16, mask: 1 << i }] as const,
    [`%${name[0]}${i < 4 ? "l" : `${name[1]}l`}`, { bits: 8, mask: 1 << i }] as const,
  ]),
  ...["%ah", "%ch", "%dh", "%bh"].map((name, i) => [name, { bits: 8, mask: 1 << i }] as const),
  ...Array.from({ length: 8 }, (_, i) => i + 8).flatMap((i) =>
    (["", "d", "w", "b"] as const).map((suffix, n) => [`%r${i}${suffix}`, { bits: 64 >> n, mask: 1 << i }] as const),
  ),
]);
const ALL = 0xffff;
const AX = 1;
const DX = 4;
/** RBX, RBP and R12 to R15, whole (System V ABI AMD64, 3.2.1). */
const KEPT_BY_CALLS = 0xf028;

/** Write nothing to a general register. */
const WRITES_NONE =
  /^(cmp[bwlq]|test[bwlq]|u?comis[sd]|bt[wlq]|push[qw]|nop[wl]?|j\w+|ud2|mfence|lfence|sfence|pause|prefetch\w+)$/;
/** Write their last operand and no other register; a 32-bit one always, even if a condition does not hold or a shift is by nothing. */
const WRITES_LAST = new RegExp(
  `^(${[
    "(mov|lea|add|adc|sub|sbb|and|or|xor|shl|shr|sar|rol|ror|shld|shrd|inc|dec|neg|not|bswap)[bwlq]",
    "movabsq|mov[sz][bw][wlq]|movslq|set\\w+|cmov\\w+|movd|cvtt?s[sd]2si[lq]?|popcnt[lq]|movmskp[sd]|pmovmskb",
    "movs[sd]|mov[au]p[sd]|movdq[au]|mov[lh]p[sd]",
  ].join("|")})$`,
);

/** The registers whose upper half is clear behind an instruction. */
function effect(mnemonic: string, operands: readonly string[], known: number): number {
  if (WRITES_NONE.test(mnemonic)) return known;
  if (/^callq?$/.test(mnemonic)) return known & KEPT_BY_CALLS;
  const last = operands.at(-1) ?? "";
  if (last.startsWith("%xmm")) return known;
  const register = REGISTERS.get(last);
  if (WRITES_LAST.test(mnemonic) || (/^imul[wlq]$/.test(mnemonic) && operands.length > 1)) {
    if (!register || register.bits < 32) return known;
    if (register.bits === 32) return known | register.mask;
    const from = mnemonic === "movq" ? REGISTERS.get(operands[0] as string) : undefined;
    return from && (known & from.mask) !== 0 ? known | register.mask : known & ~register.mask;
  }
  if (mnemonic === "popq" && register) return known & ~register.mask;
  if (/^i?(mul|div)l$/.test(mnemonic)) return known | AX | DX;
  if (/^i?(mul|div)q$/.test(mnemonic)) return known & ~(AX | DX);
  if (mnemonic === "cltd") return known | DX;
  if (mnemonic === "cqto") return known & ~DX;
  if (mnemonic === "cltq") return known & ~AX;
  return 0;
}

type Line =
  | { readonly kind: "label"; readonly name: string }
  | { readonly kind: "instruction"; readonly mnemonic: string; readonly operands: readonly string[] }
  | { readonly kind: "unknown" };

const LOCAL_LABELS = /\.L\w+/g;

/** What of the text is code, line by line, and the labels that are used by more than jumps: anybody may come to those. */
function read(lines: readonly string[]): { code: (Line | undefined)[]; taken: Set<string> } {
  const taken = new Set<string>();
  const take = (text: string) => {
    for (const [label] of text.matchAll(LOCAL_LABELS)) taken.add(label);
  };
  let describes = false;
  let foreign = false;
  const code = lines.map((line): Line | undefined => {
    const marker = line.trim();
    if (marker === "#APP" || marker === "#NO_APP") {
      foreign = marker === "#APP";
      return { kind: "unknown" };
    }
    const text = line.replace(/#.*/, "").trim();
    if (foreign) {
      take(text);
      return { kind: "unknown" };
    }
    const label = /^([^\s"]+):$/.exec(text)?.[1];
    if (label !== undefined) return { kind: "label", name: label };
    if (text.startsWith(".")) {
      if (/^\.(section|text|data|bss)\b/.test(text)) describes = /^\.section\s+"?\.(debug|stack_sizes)/.test(text);
      if (!describes) take(text);
      return undefined;
    }
    if (text === "") return undefined;
    const [, mnemonic = "", rest = ""] = /^(\S+)\s*(.*)$/.exec(text) ?? [];
    const isDirect = /^j\w+$/.test(mnemonic) && !rest.includes("*");
    if (!isDirect) take(rest);
    return { kind: "instruction", mnemonic, operands: rest.split(/,\s*(?![^(]*\))/) };
  });
  return { code, taken };
}

/** Follows the code once; `at` are the registers known at each label by the jumps to it. Gives those for the next time. */
function follow(
  { code, taken }: ReturnType<typeof read>,
  at: ReadonlyMap<string, number>,
  see: (line: number, known: number) => void,
): Map<string, number> {
  const next = new Map<string, number>();
  let known = 0;
  for (const [i, line] of code.entries()) {
    if (!line) continue;
    if (line.kind === "unknown") known = 0;
    else if (line.kind === "label") {
      if (!line.name.startsWith(".L") || taken.has(line.name)) known = 0;
      else known &= at.get(line.name) ?? ALL;
    } else {
      see(i, known);
      const { mnemonic, operands } = line;
      const [target = ""] = operands;
      if (mnemonic.startsWith("j")) next.set(target, (next.get(target) ?? ALL) & known);
      // What follows is reached by its label alone.
      if (/^(jmpq?|retq?|ud2)$/.test(mnemonic)) known = ALL;
      else known = effect(mnemonic, operands, known);
    }
  }
  return next;
}

/** The same program without zero-extensions of what is known to be extended. */
export function withoutZeroExtensions(assembly: string): string {
  const lines = assembly.split("\n");
  const program = read(lines);
  let at = new Map<string, number>();
  for (;;) {
    const next = follow(program, at, () => {});
    const isStable = [...next].every(([label, known]) => (at.get(label) ?? ALL) === known);
    at = next;
    if (isStable) break;
  }
  const superfluous = new Set<number>();
  follow(program, at, (i, known) => {
    const line = program.code[i];
    if (line?.kind !== "instruction" || line.mnemonic !== "movl" || line.operands[0] !== line.operands[1]) return;
    if ((known & (REGISTERS.get(line.operands[0] as string)?.mask ?? 0)) !== 0) superfluous.add(i);
  });
  return lines.filter((_, i) => !superfluous.has(i)).join("\n");
}
