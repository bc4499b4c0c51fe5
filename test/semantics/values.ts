/** Values as the table writes them, to bits and back. */
export const TYPES = ["i32", "i64", "f32", "f64"] as const;
export type ValueType = (typeof TYPES)[number];

const view = new DataView(new ArrayBuffer(8));
const LAYOUT = {
  f32: { sign: 0x80000000n, infinity: 0x7f800000n, quiet: 0x400000n },
  f64: { sign: 1n << 63n, infinity: 0x7ff0000000000000n, quiet: 1n << 51n },
} as const;

/**
 * "-1", "0x80000000"; floats as JavaScript writes them, "inf", "nan" (the canonical one), "nan:0x1" (with this payload), each with a sign in front if
 * it has one. A float is rounded to its type.
 */
export function bitsOf(type: ValueType, text: string): bigint {
  if (type === "i32") return BigInt.asUintN(32, signed(text));
  if (type === "i64") return BigInt.asUintN(64, signed(text));
  const { sign, infinity, quiet } = LAYOUT[type];
  const [, minus, word, payload] = /^(-?)(inf|nan)(?::(0x[0-9a-f]+))?$/.exec(text) ?? [];
  if (word === undefined) return numberBits(type, Number(text));
  const fraction = word === "inf" ? 0n : payload === undefined ? quiet : BigInt(payload);
  return (minus ? sign : 0n) | infinity | fraction;
}

function signed(text: string): bigint {
  return text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text);
}

function numberBits(type: "f32" | "f64", value: number): bigint {
  if (Number.isNaN(value)) throw new Error("not a number: write nan");
  if (type === "f32") {
    view.setFloat32(0, value);
    return BigInt(view.getUint32(0));
  }
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

/** A constant expression of the text format. Floats by their bits, so that no assembler rounds them. */
export function constant(type: ValueType, text: string): string {
  const bits = bitsOf(type, text);
  if (type === "i32" || type === "i64") return `(${type}.const 0x${bits.toString(16)})`;
  const { sign, infinity } = LAYOUT[type];
  const minus = (bits & sign) !== 0n ? "-" : "";
  const rest = bits & (sign - 1n);
  if (rest > infinity) return `(${type}.const ${minus}nan:0x${(rest - infinity).toString(16)})`;
  if (rest === infinity) return `(${type}.const ${minus}inf)`;
  return `(${type}.const ${minus}${hexFloat(type, rest)})`;
}

function hexFloat(type: "f32" | "f64", bits: bigint): string {
  const [fractionBits, bias] = type === "f32" ? [23n, 127n] : [52n, 1023n];
  const exponent = bits >> fractionBits;
  const fraction = bits & ((1n << fractionBits) - 1n);
  const whole = exponent === 0n ? fraction : fraction | (1n << fractionBits);
  return `0x${whole.toString(16)}p${(exponent === 0n ? 1n : exponent) - bias - fractionBits}`;
}

/**
 * Whether `bits` are what the table expects: "nan:canonical" and "nan:arithmetic" are the specification's sets of NaNs (Core Specification 2.0,
 * 4.3.3), of either sign; everything else is one value to the bit.
 */
export function isExpected(type: ValueType, expected: string, bits: bigint): boolean {
  if (expected !== "nan:canonical" && expected !== "nan:arithmetic") return bits === bitsOf(type, expected);
  const { sign, infinity, quiet } = LAYOUT[type as "f32" | "f64"];
  const rest = bits & (sign - 1n);
  return expected === "nan:canonical"
    ? rest === (infinity | quiet)
    : (rest & (infinity | quiet)) === (infinity | quiet);
}
