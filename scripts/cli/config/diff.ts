import { type Difference, diffConfigurations, type Style, toJson } from "../../../boards/describe/index.ts";
import { UserError } from "../../errors.ts";
import { type Configuration, loadConfiguration } from "../../pipeline/configuration.ts";
import type { Action } from "../actions.ts";
import { stdoutStyle } from "../style.ts";
import type { Flags } from "./flags.ts";

const diff: Action<Flags> = {
  usage: "A B [--format FORMAT] [--board BOARD] [--json]",
  flags: ["format", "board", "json"],
  least: 2,
  most: 2,
  run: async (operands, { json, ...options }) => {
    const [a, b] = (await Promise.all(operands.map((what) => loadConfiguration(what, options)))) as [
      Configuration,
      Configuration,
    ];
    if (a.kind !== b.kind) throw otherKind(a, b);
    const differences = diffConfigurations(a, b);
    if (json) process.stdout.write(toJson({ a: a.file, b: b.file, differences }));
    else process.stdout.write(differences.length === 0 ? "no difference\n" : page(a, b, differences, stdoutStyle()));
    return differences.length === 0 ? 0 : 1;
  },
};

export default diff;

function page(a: Configuration, b: Configuration, differences: readonly Difference[], style: Style): string {
  const lines = differences.map((difference) => line(difference, style));
  const name = ({ file, format }: Configuration) => (a.format === b.format ? file : `${file} (${format})`);
  return [style.removed(`--- ${name(a)}`), style.added(`+++ ${name(b)}`), "", ...lines, ""].join("\n");
}

function line({ change, what, before, after }: Difference, style: Style): string {
  switch (change) {
    case "removed":
      return style.removed(`- ${what}: ${before}`);
    case "added":
      return style.added(`+ ${what}: ${after}`);
    default:
      return `~ ${what}: ${style.removed(`${before}`)} → ${style.added(`${after}`)}`;
  }
}

function otherKind(a: Configuration, b: Configuration): UserError {
  const [system, cell] = a.kind === "system" ? [a, b] : [b, a];
  return new UserError(
    `${system.file} is a system, ${cell.file} a cell: compare two of a kind, or look at them with jh-inmate config show`,
  );
}
