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
