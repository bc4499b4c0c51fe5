/** A row of the table of intrinsics, and the groups of architectures that have one. */
export type ValueType = "u32" | "u64" | "i64" | "f32" | "f64";
export type ImageArch = "arm64" | "x86-64" | "x86-32" | "cellbox-arm64" | "cellbox-x86";

export interface Intrinsic {
  readonly name: string;
  readonly params: readonly (readonly [name: string, type: ValueType])[];
  readonly result: ValueType | "void";
  readonly arch: readonly ImageArch[];
  /** No load or store of the program moves across it; what handlers changed is seen after it. */
  readonly barrier: boolean;
  readonly meaning: string;
}

export const EVERY: readonly ImageArch[] = ["arm64", "x86-64", "x86-32", "cellbox-arm64", "cellbox-x86"];
export const INMATE: readonly ImageArch[] = ["arm64", "x86-64", "x86-32"];
export const ARM: readonly ImageArch[] = ["arm64"];
export const ARM_EVERY: readonly ImageArch[] = ["arm64", "cellbox-arm64"];
export const X86: readonly ImageArch[] = ["x86-64", "x86-32"];
export const X86_EVERY: readonly ImageArch[] = ["x86-64", "x86-32", "cellbox-x86"];
export const MONITOR: readonly ImageArch[] = ["cellbox-arm64", "cellbox-x86"];
export const ARM_MONITOR: readonly ImageArch[] = ["cellbox-arm64"];
export const X86_MONITOR: readonly ImageArch[] = ["cellbox-x86"];

export function row(arch: readonly ImageArch[], signature: string, meaning: string, barrier = true): Intrinsic {
  const match = /^(\w+)\((.*)\): (\w+)$/.exec(signature);
  if (!match) throw new Error(`intrinsics table: cannot read "${signature}"`);
  const [, name, list, result] = match as unknown as [string, string, string, Intrinsic["result"]];
  const params = list === "" ? [] : list.split(", ").map((p) => p.split(": ") as [string, ValueType]);
  return { name, params, result, arch, barrier, meaning };
}

/** Rows that are plain arithmetic on memory: clang may move and merge them. */
export const plain = (arch: readonly ImageArch[], signature: string, meaning: string) =>
  row(arch, signature, meaning, false);
