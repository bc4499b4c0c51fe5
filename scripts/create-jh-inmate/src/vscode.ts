/** Settings for Visual Studio Code: tasks, and the debugger in TypeScript's terms. */
import type { BoardRow } from "./board-row.ts";
import { boardFlag, cellFolders, type Project, playground } from "./project.ts";

/** Where `run --gdb` waits. */
const PORT = 2345;
/** What the editor puts the project's folder in place of. */
const FOLDER = `\${workspaceFolder}`;

/** `error: main.ts:4:10: what is wrong`, as jh-inmate prints it. */
const problemMatcher = {
  owner: "jh-inmate",
  fileLocation: ["relative", FOLDER],
  pattern: { regexp: "^error: ([^:]+):(\\d+):(\\d+): (.*)$", file: 1, line: 2, column: 3, message: 4 },
};

export function vscodeFiles(project: Project, name: string): Record<string, unknown> {
  return {
    ".vscode/tasks.json": tasks(project),
    ".vscode/launch.json": launch(playground(project), name),
    ".vscode/extensions.json": { recommendations: ["ms-vscode.cpptools"] },
  };
}

function tasks(project: Project) {
  const { manager, engine } = project;
  const board = boardFlag(project);
  // A debugger sees machine code.
  const compiled = engine === "wasm3" ? " --engine aot" : "";
  const task = (label: string, words: string, more: object = {}) => ({
    label,
    type: "shell",
    command: `${manager.exec} jh-inmate ${words}`,
    problemMatcher,
    ...more,
  });
  return {
    version: "2.0.0",
    tasks: [
      task("build", "build", { group: { kind: "build", isDefault: true } }),
      task("test", `test${board}`, { group: { kind: "test", isDefault: true } }),
      task("run", `run${cellFolders(project)}${board}`),
      task("wait for gdb", `run${board}${compiled} --debug --gdb=${PORT}`, {
        isBackground: true,
        problemMatcher: {
          ...problemMatcher,
          background: { activeOnStart: true, beginsPattern: "^AssemblyScript", endsPattern: "^waiting for gdb" },
        },
        presentation: { reveal: "always", panel: "dedicated" },
      }),
    ],
  };
}

/** The debugger connects to what the task "wait for gdb" started. The folders are where jh-inmate's own sources are. */
function launch({ name: board, arch }: BoardRow, name: string) {
  const own = `${FOLDER}/node_modules/jh-inmate`;
  const commands = [
    `directory ${FOLDER}`,
    // The first that fits counts.
    `set substitute-path ~lib/jh-inmate/machine ${own}/sdk/${arch}`,
    `set substitute-path ~lib/jh-inmate ${own}/sdk`,
    `set substitute-path ~runtime ${own}/runtime`,
    "set trust-readonly-sections on",
  ];
  return {
    version: "0.2.0",
    configurations: [
      {
        name: "main.ts in an emulated cell",
        type: "cppdbg",
        request: "launch",
        program: `${FOLDER}/dist/${board}/${name}.elf`,
        cwd: FOLDER,
        MIMode: "gdb",
        miDebuggerPath: "gdb-multiarch",
        miDebuggerServerAddress: `127.0.0.1:${PORT}`,
        preLaunchTask: "wait for gdb",
        setupCommands: commands.map((text) => ({ text })),
      },
    ],
  };
}
