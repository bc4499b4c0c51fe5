/** A UART in words. */
import type { Board } from "../board.ts";
import { hex } from "../define/sizes.ts";
import type { Console } from "../model.ts";
import { deviceHint } from "./devices.ts";
import { consoleMeanings } from "./meanings.ts";
import { sizeText } from "./text.ts";

/** "PL011 at 0x9000000 (pl011); 32-bit registers 4 bytes apart; already set up" */
export function consoleText(console: Console, board?: Board): string {
  const { type, flags, address, size, divider, gateNr, clockReg } = console;
  if (type === "none") return "none";
  const at = `${type} at ${flags.includes("mmio") ? `${hex(address)}${deviceHint(board, address)}` : `I/O port ${hex(address)}`}`;
  const where = size === 0 ? at : `${at}, ${sizeText(BigInt(size))}`;
  if (type === "EFIFB") return `${where}; ${flags.includes("fb-1920x1080") ? "1920x1080" : "1024x768"}`;
  return [
    where,
    flags.includes("regdist4") ? "32-bit registers 4 bytes apart" : "8-bit registers side by side",
    divider === 0 ? "already set up" : `set up with baud rate divider ${divider}`,
    ...(clockReg === 0n ? [] : [`clock gate: bit ${gateNr} of ${hex(clockReg)}${deviceHint(board, clockReg)}`]),
    ...Object.entries(consoleMeanings).flatMap(([flag, meaning]) =>
      flags.some((word) => word === flag) ? [meaning] : [],
    ),
  ].join("; ");
}
