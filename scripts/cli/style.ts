import { colored, plain, type Style } from "../../boards/describe/index.ts";

/** Colour only on a terminal, and not where NO_COLOR asks for none (no-color.org). */
export function stdoutStyle(): Style {
  const { isTTY } = process.stdout;
  return isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb" ? colored : plain;
}
