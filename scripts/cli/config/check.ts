import { checkConfigurations, type Finding } from "../../../boards/check/index.ts";
import { pairs, type Style, toJson } from "../../../boards/describe/index.ts";
import type { CellConfig, SystemConfig } from "../../../boards/index.ts";
import { UserError } from "../../errors.ts";
import { type Configuration, loadConfiguration } from "../../pipeline/configuration.ts";
import type { Action } from "../actions.ts";
import { stdoutStyle } from "../style.ts";
import type { Flags } from "./flags.ts";

const check: Action<Flags> = {
  usage: "SYSTEM [X...] [--format FORMAT] [--board BOARD] [--json]",
  flags: ["format", "board", "json"],
  least: 1,
  most: Number.POSITIVE_INFINITY,
  run: async ([first = "", ...others], { json, ...options }) => {
    const system = await loadConfiguration(first, options);
    if (system.kind === "cell") throw needsSystem(system);
    const cells = await Promise.all(others.map((what) => loadConfiguration(what, options)));
    const second = cells.find(({ kind }) => kind === "system");
    if (second) throw new UserError(`${second.file} is a system, too: name one system, then cells`);
    const findings = checkConfigurations(
      { ...system, config: system.config as SystemConfig },
      cells.map((cell) => ({ ...cell, config: cell.config as CellConfig })),
      system.board?.colors === undefined ? {} : { colors: system.board.colors },
    );
    process.stdout.write(json ? toJson(findings) : page(system, cells, findings, stdoutStyle()));
    return findings.some(({ severity }) => severity === "error") ? 1 : 0;
  },
};

export default check;

function needsSystem({ file, board }: Configuration): UserError {
  const system = board?.name ?? "SYSTEM";
  return new UserError(`${file} is a cell: name the system first, as in jh-inmate config check ${system} ${file}`);
}

function page(
  system: Configuration,
  cells: readonly Configuration[],
  findings: readonly Finding[],
  style: Style,
): string {
  const blocks = findings.map(({ severity, id, files, message, consequence, remedy }) => {
    const color = severity === "error" ? style.removed : style.warning;
    const rows = pairs([
      ["what", message],
      ["then", consequence],
      ["do", remedy],
    ]);
    return [`${color(`${severity}: ${id}`)} in ${files.join(", ")}`, ...rows].join("\n");
  });
  const what = [system, ...cells].map(({ file }) => file).join(", ");
  const count = (severity: Finding["severity"]) => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  const result =
    findings.length === 0
      ? "nothing found"
      : [some(errors, "error"), some(warnings, "warning")].filter(Boolean).join(", ");
  return `${[...blocks, `${what}: ${result}`].join("\n\n")}\n`;
}

function some(count: number, word: string): string {
  return count === 0 ? "" : `${count} ${word}${count === 1 ? "" : "s"}`;
}
