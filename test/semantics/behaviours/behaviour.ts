/**
 * What is not one numeric instruction. A module each; "export(arguments) -> result" with integers, or "trap: KIND". All have one page of memory.
 */
import type { Subject } from "../../fuzz/subject.ts";

export interface Behaviour {
  readonly name: string;
  /** Of the WebAssembly Core Specification 2.0. */
  readonly section: string;
  /** Fields of the module, in the text format. */
  readonly fields: string;
  readonly cases: string;
  /** Needs what wasm3 lacks. */
  readonly features?: Subject["features"];
}
