/** A terminal's second screen, for a command that shows something until a key ends it; the first is as it was afterwards. */
import type { Interface, Key } from "node:readline";
import type { Screen } from "./statistics.ts";

const OPEN = "\x1b[?1049h\x1b[?25l";
const CLEAR = "\x1b[H\x1b[2J";
const CLOSE = "\x1b[?25h\x1b[?1049l";

export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Reads command lines from it, and what is typed meanwhile, too. */
  readonly lines: Interface;
}

export function openScreen({ input, output, lines }: Terminal, onClose: () => void): Screen {
  let typed: string[] = [];
  let wake: (() => void) | undefined;
  const type = (key: string) => {
    typed.push(key);
    wake?.();
  };
  const onKey = (_: string | undefined, { name }: Key) => type(name ?? "");
  const onInterrupt = () => type("q");
  input.on("keypress", onKey);
  lines.on("SIGINT", onInterrupt);
  lines.once("close", onInterrupt);
  output.write(OPEN);
  return {
    keys: {
      async next(milliseconds) {
        if (typed.length === 0) {
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, milliseconds);
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
          });
          wake = undefined;
        }
        const [key, ...rest] = typed;
        typed = rest;
        return key;
      },
    },
    draw: (text) => void output.write(CLEAR + text.replaceAll("\n", "\r\n")),
    close() {
      input.off("keypress", onKey);
      lines.off("SIGINT", onInterrupt);
      lines.off("close", onInterrupt);
      // The keys are no beginning of a command.
      lines.write(null, { ctrl: true, name: "u" });
      output.write(CLOSE);
      onClose();
    },
  };
}
