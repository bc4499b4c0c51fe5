#!/usr/bin/env node
import { runCommand } from "citty";
import { packageVersion } from "../root.ts";
import { checkArgs, withEmptyValues } from "./args.ts";
import { loadCommand } from "./commands.ts";
import { commandHelp, overview } from "./help.ts";
import { report } from "./report.ts";

/** Runs one command line and resolves to its exit code. */
async function main(rawArgs: string[]): Promise<number> {
  const [name, ...rest] = rawArgs;
  if (name === undefined || name === "--help" || name === "-h") return print(overview());
  if (name === "--version" || name === "-v") return print(`${packageVersion()}\n`);
  const command = await loadCommand(name);
  if (asksForHelp(rest)) return print(commandHelp(name, command));
  checkArgs(name, rest, command);
  const { result } = await runCommand(command, { rawArgs: withEmptyValues(rest, command) });
  return typeof result === "number" ? result : 0;
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? args.length : end).some((arg) => arg === "--help" || arg === "-h");
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

// The reader of our output may go away first (`jh-inmate boards | head -1`): that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
process.on("uncaughtException", (error) => process.exit(report(error)));
process.exitCode = await main(process.argv.slice(2)).catch(report);
