/** The README of a project: the template's words, and how to go on. */
import { templateFile } from "./own-package.ts";
import { script } from "./package-manager.ts";
import { type Project, playground } from "./project.ts";

export function readme(project: Project): string {
  const { packageName, template, board, manager, engine } = project;
  const tool = `${manager.exec} jh-inmate`;
  const stand = playground(project);
  const commands: readonly (readonly [command: string, what: string])[] = [
    [manager.install, "once"],
    engine === "wasm3"
      ? [`${tool} doctor --fix --engine wasm3`, "once: QEMU, if it is missing; no compiler is needed"]
      : [`${tool} doctor --fix`, "once: clang, lld, llvm, QEMU and gdb, if they are missing"],
    [script(manager, "start"), "builds it and runs it in an emulated cell; Ctrl-C ends it"],
    [script(manager, "dev"), "the same, and again whenever a file is saved"],
    [script(manager, "test"), "runs main.test.ts"],
    [script(manager, "build"), `dist/${board.name}/: the image, the cell's configuration, debug information`],
    [`${tool} run --on ssh:root@HOST`, "runs it on a machine with Jailhouse"],
  ];
  const width = Math.max(...commands.map(([command]) => command.length));
  const standIn = board.emulated
    ? ""
    : `\n  As that board is not emulated, there is a cell of ${stand.name} beside it, which start, dev and test run.`;
  return `# ${packageName}

${templateFile(template, "README.md").trim()}

## How to go on

\`\`\`sh
${commands.map(([command, what]) => `${command.padEnd(width)}  # ${what}`).join("\n")}
\`\`\`

- \`main.ts\` is the program; \`main.test.ts\` tests it.
- \`cell.ts\` says what it gets of the board ${board.name} (${board.title}): CPUs, memory, devices.${standIn}
  \`${tool} config show cell.ts${board.emulated ? "" : ` --board ${board.name}`}\` draws it, \`${tool} boards ${board.name}\` tells what there is.
- \`jh-inmate.config.ts\` has the program's settings.
- In Visual Studio Code, F5 debugs \`main.ts\` in an emulated cell (with the recommended extension for C/C++, and gdb-multiarch).
- \`${tool} help\` lists the commands; the guides are in \`node_modules/jh-inmate/docs/\`.
`;
}
