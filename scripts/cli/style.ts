import { colored, plain, type Style } from "../../boards/describe/index.ts";

/** Colour only on a terminal, and not where NO_COLOR asks for none (no-color.org). */
function styleFor({ isTTY }: NodeJS.WriteStream): Style {
  return isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb" ? colored : plain;
}

export const stdoutStyle = () => styleFor(process.stdout);
export const stderrStyle = () => styleFor(process.stderr);
