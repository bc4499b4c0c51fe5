import { readFileSync } from "node:fs";
import { elfSection } from "../pipeline/elf.ts";
import { Reader } from "../pipeline/wasm/reader.ts";

/** x30 in DWARF's numbering (DWARF for the Arm 64-bit Architecture, 4.1). */
const LINK_REGISTER = 30;
const E_MACHINE = 0x12;
const EM_AARCH64 = 183;
const CIE_ID = 0xffffffff;

/** A function's row of .debug_frame. */
interface FrameEntry {
  start: bigint;
  end: bigint;
  codeAlignment: number;
  instructions: Uint8Array;
}

/**
 * Tells of a program counter whether the function there still has its return address in the link register: it needs no
 * frame, or has not made it yet, or has taken it down. Made from the ELF file's .debug_frame (DWARF 4, 6.4); without one,
 * or where calls push it, the answer is no.
 */
export function callFrames(elf: string): (pc: bigint) => boolean {
  let entries: FrameEntry[] | undefined;
  return (pc) => {
    entries ??= entriesOf(readFileSync(elf));
    const entry = entries.find(({ start, end }) => pc >= start && pc < end);
    return entry !== undefined && !savesLink(entry, Number(pc - entry.start));
  };
}

function entriesOf(elf: Buffer): FrameEntry[] {
  return elf.readUInt16LE(E_MACHINE) === EM_AARCH64 ? readEntries(elfSection(elf, ".debug_frame")) : [];
}

function readEntries(section: Uint8Array | undefined): FrameEntry[] {
  if (!section) return [];
  const view = new DataView(section.buffer, section.byteOffset, section.length);
  const entries: FrameEntry[] = [];
  for (let at = 0; at + 8 <= section.length; ) {
    const end = at + 4 + view.getUint32(at, true);
    const cie = view.getUint32(at + 4, true);
    if (cie !== CIE_ID) {
      const start = view.getBigUint64(at + 8, true);
      entries.push({
        start,
        end: start + view.getBigUint64(at + 16, true),
        codeAlignment: codeAlignmentOf(section, cie),
        instructions: section.subarray(at + 24, end),
      });
    }
    at = end;
  }
  return entries;
}

/** Behind length, id and version of a CIE: augmentation (a string), address size, segment size, then the alignment. */
function codeAlignmentOf(section: Uint8Array, cie: number): number {
  const augmentationEnd = section.indexOf(0, cie + 9);
  return new Reader(section, ".debug_frame", augmentationEnd + 3).u32();
}

/** Whether x30 has a place in memory at an offset of code (6.4.2). */
function savesLink({ instructions, codeAlignment }: FrameEntry, offset: number): boolean {
  const r = new Reader(instructions, ".debug_frame");
  const remembered: boolean[] = [];
  let at = 0;
  let saved = false;
  while (r.at < r.end && at <= offset) {
    const byte = r.u8();
    const operand = byte & 0x3f;
    switch (byte >> 6) {
      case 1: // advance_loc
        at += operand * codeAlignment;
        continue;
      case 2: // offset
        r.u32();
        if (operand === LINK_REGISTER) saved = true;
        continue;
      case 3: // restore
        if (operand === LINK_REGISTER) saved = false;
        continue;
    }
    switch (byte) {
      case 0x02: // advance_loc1
        at += r.u8() * codeAlignment;
        break;
      case 0x03: // advance_loc2
        at += (r.u8() | (r.u8() << 8)) * codeAlignment;
        break;
      case 0x04: // advance_loc4
        at += (r.u8() | (r.u8() << 8) | (r.u8() << 16) | (r.u8() << 24)) * codeAlignment;
        break;
      case 0x06: // restore_extended
        if (r.u32() === LINK_REGISTER) saved = false;
        break;
      case 0x0a: // remember_state
        remembered.push(saved);
        break;
      case 0x0b: // restore_state
        saved = remembered.pop() ?? saved;
        break;
      case 0x0c: // def_cfa
        r.u32();
        r.u32();
        break;
      case 0x0d: // def_cfa_register
      case 0x0e: // def_cfa_offset
        r.u32();
        break;
      case 0x00: // nop
      case 0x2d: // AArch64: negate_ra_state
        break;
      default:
        return true; // none that clang writes: better no line than a wrong one
    }
    if (at > offset) break;
  }
  return saved;
}
