/** What a configuration file is, for those who take any. */
import { UserError } from "../scripts/errors.ts";
import { type FormatName, formats } from "./format/formats.ts";
import { type Arch, architectures } from "./format/words.ts";
import type { CellConfig } from "./model.ts";

export interface Identity {
  readonly format: FormatName;
  readonly kind: "cell" | "system";
}

// The fork's first: mainline's signatures, a letter shorter, may be the beginning of the fork's.
const identities: readonly Identity[] = [
  { format: "rt", kind: "cell" },
  { format: "rt", kind: "system" },
  { format: "mainline", kind: "cell" },
  { format: "mainline", kind: "system" },
];

/**
 * Format and kind of a file, by its signature.
 * @throws UserError if it has none of the four.
 */
export function identify(bytes: Uint8Array, file = "file"): Identity {
  const found = identities.find((identity) => beginsWith(bytes, signatureOf(identity)));
  if (found) return found;
  const known = identities.map((identity) => `${signatureOf(identity)} (${title(identity)})`).join(", ");
  const start = String.fromCharCode(...bytes.subarray(0, 6)).replace(
    /[^ -~]/g,
    (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  throw new UserError(
    `${file}: this is no Jailhouse configuration: it begins with "${start}", expected one of ${known}`,
  );
}

function signatureOf({ format, kind }: Identity): string {
  const [row] = formats[format][kind];
  return row?.form.kind === "signature" ? row.form.text : "";
}

function beginsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((letter, index) => bytes[index] === letter.charCodeAt(0));
}

function title({ format, kind }: Identity): string {
  return `${kind}, ${format === "rt" ? "real-time fork" : "mainline"}`;
}

/** What a file of the fork, which does not say its architecture, lets one conclude. */
export interface Conclusion {
  /** The architectures for which it can be, the likeliest first. */
  readonly archs: readonly Arch[];
  /** Whether the others are impossible, not only unusual. */
  readonly sure: boolean;
}

/** Arm's two have the same files; more boards are arm64. */
const arms: readonly Arch[] = ["arm64", "arm"];
const any = Object.keys(architectures) as Arch[];

/** Where the platform part of a system's header begins (it ends where the root cell's begins). */
const platform = 312;
const platformEnd = 356;

/**
 * By the platform part: its second byte is the GIC's version, 2 or 3, or on x86 the high byte of the PM timer's port,
 * which is neither in any file known; and x86 leaves the last 28 bytes empty, where Arm names further parts of the GIC.
 */
export function systemArchs(bytes: Uint8Array): Conclusion {
  if (bytes.length < platformEnd) return { archs: any, sure: false };
  const part = bytes.subarray(platform, platformEnd);
  const gic = part[1] === 2 || part[1] === 3;
  const tail = part.subarray(16).some((byte) => byte !== 0);
  if (gic && tail) return { archs: arms, sure: true };
  const timer = part[0] !== 0 || part[1] !== 0;
  return timer && !gic && !tail ? { archs: ["x86"], sure: true } : { archs: any, sure: false };
}

/** By what only one of them has; else by where the communication region is in every cell known. */
export function cellArchs(cell: CellConfig): Conclusion {
  const x86 = cell.ports.length > 0 || cell.caches.length > 0;
  const arm = cell.vpciIrqBase > 0 || cell.streamIds.length > 0 || cell.irqchips.some(({ pinBase }) => pinBase > 0);
  if (x86 !== arm) return { archs: x86 ? ["x86"] : arms, sure: true };
  const comm = cell.memory.find(({ flags }) => flags.includes("comm"))?.address;
  if (comm === 0x100000n) return { archs: ["x86"], sure: false };
  return { archs: comm === 0x80000000n ? arms : any, sure: false };
}
