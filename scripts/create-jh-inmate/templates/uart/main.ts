import { args, cell, console, dec, hex } from "jh-inmate";

const SECOND: u64 = 1_000_000_000;

/** The command line: `jh-inmate run --args "lines=3"`, on the target `jailhouse cell load … -s "lines=3" -a 0x1000`. */
const lines = args.int("lines", i64.MAX_VALUE);

console.log(`The console is a UART of type ${cell.consoleType()} at 0x${hex(cell.consoleAddress())}`);
for (let n: i64 = 1; n <= lines; n++) {
  cell.sleep(SECOND);
  // Printed piece by piece into the UART: no string is made, so handlers may do the same.
  console.log(`line ${dec(n, 4)}, as hexadecimal 0x${hex(n, 4)}, its square ${n * n}`);
}
console.log("That is all");
