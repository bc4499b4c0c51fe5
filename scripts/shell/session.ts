/** A session: reads command lines, runs them one after the other, and prints what the cells print as it comes. */
import { createInterface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { CellConsoles } from "./cell-consoles.ts";
import { openScreen } from "./full-screen.ts";
import { Hypervisor, type Machine } from "./hypervisor.ts";
import { runTool, type Streams, USAGE } from "./tool.ts";
import { splitLine } from "./words.ts";

const PROMPT = "# ";
const PROMPT_MORE = "> ";

const HELP = `Lines are those of the jailhouse tool, with or without the word jailhouse:

${USAGE.slice(USAGE.indexOf("Available commands:\n") + "Available commands:\n".length)}
   sleep SECONDS        lets the cells run
   help, exit

A file that does not exist stands for what jh-inmate has of that name: qemu-x86.cell for the board's configuration,
apic-demo.bin for the demo (or a project here), built for the cell. What a cell prints is shown as it comes.
`;

export interface SessionIo {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly errors: NodeJS.WritableStream;
}

/** Gives the exit code: that of the last command. */
export async function runSession({ input, output, errors }: SessionIo, machine: Machine = {}): Promise<number> {
  const interactive = input.isTTY === true;
  /** What cells print while a command has the screen. */
  let held: string[] | undefined;
  const consoles = new CellConsoles((text) => void (held ? held.push(text) : output.write(text)));
  const hypervisor = new Hypervisor((cell, bytes) => consoles.write(cell.name, bytes), machine);
  const lines = createInterface({
    input,
    output: interactive ? output : undefined,
    terminal: interactive,
    prompt: PROMPT,
  });
  const streams: Streams = {
    out: (text) => void output.write(consoles.freshLine() + text),
    error: (text) => void errors.write(consoles.freshLine() + text),
  };
  if (interactive && output.isTTY === true) {
    streams.openScreen = () => {
      held = [];
      return openScreen({ input, output, lines }, () => {
        output.write((held ?? []).join(""));
        held = undefined;
      });
    };
  }
  const close = () => hypervisor.close();
  process.once("exit", close);
  let status = 0;
  let begun = "";
  try {
    if (interactive) streams.error('Jailhouse, emulated. "help" tells what there is.\n');
    lines.prompt();
    for await (const text of lines) {
      const whole = begun + text;
      const { words, open } = splitLine(whole);
      begun = open ? whole.replace(/\s*\\$/, " ") : "";
      if (!open) {
        // A script's output is read without its input: show what it is an answer to.
        if (!interactive && words.length > 0) streams.out(`${PROMPT}${words.map(quoted).join(" ")}\n`);
        if (words[0] === "exit" || words[0] === "quit") break;
        if (words.length > 0) status = await runLine(words, hypervisor, streams);
      }
      lines.setPrompt(open ? PROMPT_MORE : PROMPT);
      lines.prompt();
    }
  } finally {
    lines.close();
    hypervisor.close();
    process.off("exit", close);
  }
  output.write(consoles.freshLine());
  return status;
}

async function runLine(words: readonly string[], hypervisor: Hypervisor, streams: Streams): Promise<number> {
  const [first, ...rest] = words[0] === "sudo" ? words.slice(1) : words;
  switch (first) {
    case "help":
      streams.out(HELP);
      return 0;
    case "sleep": {
      const seconds = Number(rest[0]);
      if (rest.length !== 1 || !(seconds >= 0)) {
        streams.error("sleep: write how many seconds\n");
        return 1;
      }
      await sleep(seconds * 1000);
      return 0;
    }
    case "jailhouse":
      return runTool(rest, hypervisor, streams);
    case undefined:
      return 0;
    default:
      return runTool([first, ...rest], hypervisor, streams);
  }
}

/** As a shell would take it again. */
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `"${word.replace(/(["\\$`])/g, "\\$1")}"`;
}
