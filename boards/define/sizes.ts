/** Sizes and addresses as people write them. */
import { UserError } from "../../scripts/errors.ts";

export const KiB = 1024;
export const MiB = 1024 * KiB;
export const GiB = 1024 * MiB;

/** Bytes: `65536`, `64 * KiB`, `0x10000n`, "0x10000", "64K", "1M", "2G" (K, M, G are powers of 1024). */
export type Size = number | bigint | string;

const units: Readonly<Record<string, bigint>> = { "": 1n, K: BigInt(KiB), M: BigInt(MiB), G: BigInt(GiB) };

/** @throws UserError beginning with `where` if `size` is none of the forms above. */
export function bytesOf(size: Size, where: string): bigint {
  const bytes = parse(size);
  if (bytes === undefined) {
    const found = typeof size === "string" ? `"${size}"` : String(size);
    throw new UserError(
      `${where}: ${found} is not a size or address; write a number of bytes, "64K", "1M" or "0x10000"`,
    );
  }
  return bytes;
}

function parse(size: unknown): bigint | undefined {
  if (typeof size === "bigint") return size >= 0n && size < 1n << 64n ? size : undefined;
  if (typeof size === "number") return Number.isSafeInteger(size) && size >= 0 ? BigInt(size) : undefined;
  const match = typeof size === "string" ? /^(0x[0-9a-f]{1,16}|\d{1,18})(?: ?([KMG])(?:iB)?)?$/i.exec(size) : null;
  if (!match) return undefined;
  const bytes = BigInt(match[1]!) * units[match[2]?.toUpperCase() ?? ""]!;
  return bytes < 1n << 64n ? bytes : undefined;
}

/** "64 KiB", or bytes if that is not exact. */
export function formatSize(bytes: bigint): string {
  for (const [name, unit] of Object.entries({ GiB, MiB, KiB })) {
    if (bytes > 0n && bytes % BigInt(unit) === 0n) return `${bytes / BigInt(unit)} ${name}`;
  }
  return `${bytes} bytes`;
}

/** "1,024 KiB", rounded up. */
export function kib(bytes: number): string {
  return `${Math.ceil(bytes / KiB).toLocaleString("en")} KiB`;
}

export function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}
