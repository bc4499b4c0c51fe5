import { console, hex } from "jh-inmate";
import { msr } from "jh-inmate/x86";

const EFER: u32 = 0xc0000080;

console.log(`Running in 32-bit mode, EFER: ${hex(msr.read(EFER))}`);
