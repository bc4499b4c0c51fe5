/** Memory, calls, control, and where values pass through. */
import type { Behaviour } from "./behaviour.ts";
import { CONTROL } from "./control.ts";
import { MEMORY } from "./memory.ts";
import { PASSING_ON } from "./passing.ts";
import { TABLES } from "./tables.ts";

export const BEHAVIOURS: readonly Behaviour[] = [...PASSING_ON, ...MEMORY, ...TABLES, ...CONTROL];
