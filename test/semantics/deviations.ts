/**
 * Where an engine differs from the specification, and stays so: what the rows say then. A row that is right again fails the test, too, so that this
 * list says what is.
 */

/**
 * wasm3 0.5.0 keeps a f32 in a register for f64, and the conversion there and back makes a NaN that signals a quiet one. Programs see that if they
 * look at the bits of such a NaN, which no arithmetic gives.
 */
const S = "nan:0x200000";
export const WASM3 = [
  `i32.reinterpret_f32 of ${S} (variables)`,
  "i32.reinterpret_f32 of -nan:0x1 (variables)",
  ...["0x7fa00000", "0xff800001"].flatMap((bits) => [
    `f32.reinterpret_i32 of ${bits} (variables)`,
    `f32.reinterpret_i32 of ${bits} (constants)`,
  ]),
  ...["variables", "constants", "a constant on the left", "a constant on the right"].map(
    (form) => `f32.copysign of ${S} -nan (${form})`,
  ),
  ...["f32.abs", "f32.neg"].flatMap((name) =>
    [S, `-${S}`].flatMap((value) => [`${name} of ${value} (variables)`, `${name} of ${value} (constants)`]),
  ),
  ...["call32(0x7fa00000)", "indirect32(0x7fa00000 0)", "indirect32(0x7fa00000 2)", "deep32(0x7fa00000)"],
  ...["global32(0x7fa00000)", "memory32(0x7fa00000)", "select32(0x7fa00000 1)", "signs32(0x7fa00000)"],
  "call32(0xff800001)",
];

/** The engine in a cell has a memory.grow of its own; that of wasm3 takes its operand for a signed number. */
export const WASM3_HOST = [...WASM3, "grow(-1)", "size()"];

/**
 * With fast traps, the default, a load whose value nobody uses may be left out; and so may x * 1, x / 1, x - 0 and x + -0 with a constant, which
 * change nothing but make a NaN that signals quiet.
 */
export const FAST = [
  /^unusedf?\(/,
  /^f(32|64)\.(mul|div|add|sub) of nan:0x(200000|4000000000000) -?[01] \((constants|a constant on the right)\)/,
  /^f(32|64)\.mul of 1 nan:0x(200000|4000000000000) \((constants|a constant on the left)\)/,
];
