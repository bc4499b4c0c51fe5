/** The board's GIC, as its cells see it: words of the run's description. */
import { boardWord } from "../run.ts";

export function gicVersion(): u32 {
  return <u32>boardWord(0);
}
export function gicdBase(): u64 {
  return boardWord(1);
}
export function giccBase(): u64 {
  return boardWord(2);
}
export function gicrBase(): u64 {
  return boardWord(3);
}
/** Whose table of regulators there is (rt/qos-names.ts); 0: none. */
export function qosPlatform(): u64 {
  return boardWord(4);
}
/** The UART that the machine lacks (absent.ts): which one, and where the board has it. */
export function uartModel(): u64 {
  return boardWord(5);
}
export function uartBase(): u64 {
  return boardWord(6);
}
