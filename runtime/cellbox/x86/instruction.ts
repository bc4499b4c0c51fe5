/**
 * What an instruction that accessed a device does: the moves that real Jailhouse decodes, and no others, so that a program which works here works
 * there (jailhouse-abi 3.3; encodings: AMD APM volume 3, 1.2).
 */
import { Cell } from "../cell.ts";
import * as jh from "../jh.ts";
import { PcCpu } from "./cells.ts";
import { NOWHERE, translate } from "./guest-memory.ts";

const LONGEST: u32 = 15;
const PAGE_OFFSET: u64 = 0xfff;
const NO_REGISTER: i32 = -1;

export class Instruction {
  length: u32 = 0;
  /** Bytes of the access, and of the register's part that a read sets. */
  size: u32 = 0;
  target: u32 = 0;
  write: bool = false;
  /** -1: an immediate is written. */
  register: i32 = 0;
  immediate: u64 = 0;

  private cpu: PcCpu = changetype<PcCpu>(0);
  private cell: Cell = changetype<Cell>(0);
  private rip: u64 = 0;
  private physical: u64 = 0;

  /** At the program counter; false: it is none of those. */
  decode(cpu: PcCpu, cell: Cell): bool {
    this.cpu = cpu;
    this.cell = cell;
    this.rip = cpu.block.codeBase + cpu.block.rip;
    this.physical = NOWHERE;
    this.length = 0;
    const long = cpu.block.isLong();
    const is16 = !long && !cpu.block.is32();
    let narrow = is16;
    let address32 = !long;
    let rex: i32 = 0;
    let code = this.next();
    for (; code == 0x66 || code == 0x67; code = this.next()) {
      if (code == 0x66) narrow = !is16;
      else address32 = true;
    }
    if (long && (code & 0xf0) == 0x40) {
      rex = code;
      code = this.next();
    }
    const wide: u32 = (rex & 8) != 0 ? 8 : narrow ? 2 : 4;
    return this.operation(code, wide, rex, long && !address32, is16);
  }

  private operation(code: i32, wide: u32, rex: i32, address64: bool, is16: bool): bool {
    this.target = wide;
    this.register = 0;
    switch (code) {
      case 0x88:
      case 0x8a:
        this.size = 1;
        this.target = 1;
        this.write = code == 0x88;
        return this.modRm(rex, is16);
      case 0x89:
      case 0x8b:
        this.size = wide;
        this.write = code == 0x89;
        return this.modRm(rex, is16);
      case 0xa1:
      case 0xa3:
        this.size = wide;
        this.write = code == 0xa3;
        this.length += is16 ? 2 : address64 ? 8 : 4;
        return true;
      case 0xc7:
        this.size = wide;
        this.write = true;
        // Of 16 bits real Jailhouse takes four all the same.
        if (wide == 2 || !this.modRm(rex & ~4, is16) || this.register != 0) return false;
        return this.takeImmediate();
      case 0x0f: {
        const second = this.next();
        if (second != 0xb6 && second != 0xb7) return false;
        this.size = second == 0xb6 ? 1 : 2;
        this.write = false;
        return this.modRm(rex, is16);
      }
      default:
        return false;
    }
  }

  /** The address is known from the fault: it only has a length. */
  private modRm(rex: i32, is16: bool): bool {
    const byte = this.next();
    if (byte < 0 || (rex & 2) != 0 || is16) return false;
    const mode = byte >> 6;
    const low = byte & 7;
    const register = (byte >> 3) & 7;
    this.register = register | ((rex & 4) != 0 ? 8 : 0);
    // RSP, and AH to BH instead of bytes of other registers.
    if (this.register == 4 || (this.target == 1 && rex == 0 && register > 4)) return false;
    let displacement: u32 = mode == 1 ? 1 : mode == 2 ? 4 : 0;
    if (low == 4) {
      const sib = this.next();
      if (sib < 0) return false;
      if (mode == 0 && (sib & 7) == 5) displacement = 4;
    } else if (mode == 0 && low == 5) displacement = 4;
    this.length += displacement;
    return mode != 3;
  }

  private takeImmediate(): bool {
    this.register = NO_REGISTER;
    let value: u64 = 0;
    for (let i = 0; i < 4; i++) {
      const byte = this.next();
      if (byte < 0) return false;
      value |= (<u64>byte) << (8 * i);
    }
    this.immediate = <u64>(<i64>(<i32>value));
    return true;
  }

  /** The next byte, or -1: it is not in the cell's memory. */
  private next(): i32 {
    if (this.length >= LONGEST) return -1;
    const at = this.rip + this.length;
    if (this.physical == NOWHERE || (at & PAGE_OFFSET) == 0) {
      const page = translate(this.cpu, this.cell, at);
      if (page == NOWHERE) return -1;
      this.physical = page - this.length;
    }
    return <i32>jh.load8(this.physical + this.length++);
  }
}
