import type { ArgDef } from "citty";
import { packageVersion } from "../root.ts";
import type { Command } from "./command.ts";
import { summaries } from "./commands.ts";

/** What `jh-inmate` alone prints. */
export function overview(): string {
  return `jh-inmate ${packageVersion()}: bare-metal programs for the Jailhouse hypervisor in TypeScript

Usage: jh-inmate COMMAND [options]

${columns(summaries)}
jh-inmate help COMMAND explains a command.
`;
}

/** What `jh-inmate help NAME` and `jh-inmate NAME --help` print. */
export function commandHelp(name: string, { description, args, operands }: Command): string {
  const rows = Object.entries(args).map(([flag, arg]) => [flagOf(flag, arg), arg.description ?? ""] as const);
  const options = rows.length === 0 ? "" : `\nOptions:\n${columns(rows)}`;
  const usage = ["jh-inmate", name, operands, ...(options === "" ? [] : ["[options]"])].filter(Boolean).join(" ");
  return `Usage: ${usage}\n\n${description}\n${options}`;
}

function flagOf(name: string, { type, alias, valueHint }: ArgDef & { alias?: string | string[] }): string {
  const short = alias === undefined ? "" : `-${alias}, `;
  const value = valueHint?.startsWith("[=") ? valueHint : ` ${valueHint}`;
  return `${short}--${name}${type === "boolean" ? "" : value}`;
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join("");
}
