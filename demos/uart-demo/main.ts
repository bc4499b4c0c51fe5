import { cell, console } from "jh-inmate";

const SECOND: u64 = 1_000_000_000;

for (let n = 1; ; n++) {
  cell.sleep(SECOND);
  console.log(`Hello ${n} from cell!`);
}
