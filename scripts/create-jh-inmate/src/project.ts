/** A new project: what its files say. */
import type { BoardRow, CellChoice, Engine } from "./board-row.ts";
import { boardsFor } from "./boards.ts";
import { cellFile, type Place, peerCellFile } from "./cell-file.ts";
import { programName } from "./names.ts";
import { templateFile } from "./own-package.ts";
import { type PackageManager, script } from "./package-manager.ts";
import { readme } from "./readme.ts";
import type { TemplateName } from "./templates.ts";
import { vscodeFiles } from "./vscode.ts";

export interface Project {
  /** The name in package.json. */
  readonly packageName: string;
  readonly template: TemplateName;
  readonly board: BoardRow;
  readonly engine: Engine;
  readonly manager: PackageManager;
  /** That of jh-inmate, which it is made for. */
  readonly version: string;
}

/** Texts by path, in the order in which a reader would open them. */
export function projectFiles(project: Project): Map<string, string> {
  const { template, board, packageName } = project;
  const engine: { engine?: Engine } = project.engine === "aot" ? {} : { engine: project.engine };
  const name = programName(packageName);
  const peer = programName(packageName, "-peer");
  const places = [...new Set([board, playground(project)])].map(
    (row): Place => [row, row.cells[template] as CellChoice],
  );
  return new Map([
    ["README.md", readme(project)],
    ["main.ts", templateFile(template, "main.ts")],
    ["cell.ts", cellFile(places, name)],
    ["main.test.ts", templateFile(template, "main.test.ts")],
    ["jh-inmate.config.ts", configFile({ name, board: board.name, ...engine })],
    ...(hasPeer(project)
      ? ([
          ["peer/cell.ts", peerCellFile(places, peer)],
          ["peer/jh-inmate.config.ts", configFile({ name: peer, board: board.name, entry: "../main.ts", ...engine })],
        ] as const)
      : []),
    ["package.json", json(packageJson(project))],
    ...Object.entries(tsconfigs).map(([path, config]) => [path, json(config)] as const),
    ...Object.entries(vscodeFiles(project, name)).map(([path, value]) => [path, json(value)] as const),
    [".gitignore", "node_modules/\ndist/\ncoverage/\n"],
  ]);
}

/** Where the project is started and tested: its own board, if that is emulated, else one that is. */
export function playground({ board, template }: Project): BoardRow {
  return board.emulated ? board : (boardsFor(template)[0] as BoardRow);
}

/** The flag for it. */
export function boardFlag(project: Project): string {
  return project.board.emulated ? "" : ` --board ${playground(project).name}`;
}

/** The folders of the project's cells, for `jh-inmate run`. */
export function cellFolders(project: Project): string {
  return hasPeer(project) ? " . peer" : "";
}

function hasPeer({ board, template }: Project): boolean {
  return board.cells[template]?.peer !== undefined;
}

/** What is there to paste when the project is made. */
export function nextSteps({ manager }: Project, dir: string): string[] {
  const path = /^[\w./~@-]+$/.test(dir) ? dir : `"${dir}"`;
  return [...(dir === "." ? [] : [`cd ${path}`]), manager.install, script(manager, "start")];
}

function packageJson(project: Project) {
  const board = boardFlag(project);
  return {
    name: project.packageName,
    version: "0.0.0",
    private: true,
    type: "module",
    scripts: {
      build: "jh-inmate build",
      start: `jh-inmate run${cellFolders(project)}${board}`,
      test: `jh-inmate test${board}`,
      dev: `jh-inmate dev${board}`,
    },
    devDependencies: {
      "@types/node": "^20.19.0",
      "jh-inmate": `^${project.version}`,
      vitest: "^4.1.12",
    },
    // Else npm warns of a script that it has not run.
    allowScripts: { esbuild: true },
  };
}

function configFile(settings: Readonly<Record<string, string>>): string {
  const fields = Object.entries(settings).map(([key, value]) => `  ${key}: ${JSON.stringify(value)},\n`);
  return `import { defineInmate } from "jh-inmate/config";\n\nexport default defineInmate({\n${fields.join("")}});\n`;
}

const tsconfigs = {
  "tsconfig.json": {
    files: [],
    references: [{ path: "./tsconfig.inmate.json" }, { path: "./tsconfig.host.json" }],
  },
  "tsconfig.inmate.json": {
    extends: "jh-inmate/tsconfig/inmate.json",
    include: ["**/*.ts"],
    exclude: ["node_modules", "dist", "**/cell.ts", "**/*.config.ts", "**/*.test.ts"],
  },
  "tsconfig.host.json": {
    extends: "jh-inmate/tsconfig/host.json",
    include: ["**/cell.ts", "**/*.config.ts", "**/*.test.ts"],
    exclude: ["node_modules", "dist"],
  },
};

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
