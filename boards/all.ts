/** The boards, in the order of their names. */
import type { Board } from "./board.ts";
import * as named from "./named.ts";

export const all: readonly Board[] = Object.values<Board>(named).sort((a, b) => (a.name < b.name ? -1 : 1));
