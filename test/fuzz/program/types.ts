/** The value types of generated programs. */
import type { Random } from "../random.ts";

export const INTEGERS = ["i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64"] as const;
export const FLOATS = ["f32", "f64"] as const;
export type Integer = (typeof INTEGERS)[number];
export type Float = (typeof FLOATS)[number];
export type Type = Integer | Float | "bool";

export const bitsOf = (type: Type): number => (type === "bool" ? 1 : Number(type.slice(1)));
export const isFloat = (type: Type): type is Float => type.startsWith("f");
export const isSigned = (type: Type): boolean => type.startsWith("i");

/** The wide ones are what most programs compute with. */
export function anyType(random: Random): Type {
  if (random.percent(25)) return random.pick(FLOATS);
  if (random.percent(60)) return random.pick(["i32", "u32", "i64", "u64"] as const);
  return random.pick([...INTEGERS, "bool"] as const);
}

/** A number near an edge of the type, or any small one. */
export function literal(random: Random, type: Type): string {
  if (type === "bool") return random.pick(["true", "false"]);
  if (isFloat(type)) {
    const values = [
      "0.0",
      "-0.0",
      "1.0",
      "0.5",
      "-1.5",
      "3.7",
      "1e10",
      "-2147483648.0",
      "4294967296.0",
      "9.3e18",
      "NaN",
    ];
    return `<${type}>(${random.pick([...values, "Infinity", `${random.between(-1000, 1000)}.25`])})`;
  }
  const bits = BigInt(bitsOf(type));
  const [low, high] = isSigned(type) ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
  const near = BigInt(random.below(9));
  const value = random.pick([
    low + near,
    high - near,
    near,
    BigInt(random.below(100)),
    1n << BigInt(random.below(Number(bits))),
  ]);
  const inside = value > high ? high : value;
  return `<${type}>${inside < 0n ? `(${inside})` : inside}`;
}
