import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { all } from "./all.ts";
import type { Board } from "./board.ts";
import { decodeFile, encodeCell, encodeSystem } from "./codec.ts";
import { formats } from "./format/formats.ts";

/** Boards of our own, which neither Jailhouse has. */
const ours = ["qemu-arm64-gicv2", "vexpress-a15"];
const names = ["mainline", "rt"] as const;

/** Checksums of what the C sources of both trees compile to, by "ARCH/NAME". */
function references(format: (typeof names)[number]): Record<string, string> {
  const lines = readFileSync(new URL(`references/${format}.sha256`, import.meta.url), "utf8")
    .trim()
    .split("\n");
  return Object.fromEntries(
    lines.map((line) => {
      const [, sha256, size, name] = /^(\w{64}) +(\d+) +(.*)\.cell$/.exec(line) as unknown as [
        string,
        string,
        string,
        string,
      ];
      return [name, `${size} bytes, ${sha256}`];
    }),
  );
}

function files(board: Board, format: (typeof names)[number]): [name: string, bytes: Uint8Array][] {
  const { systems = {}, cells = {} } = board[format] ?? {};
  return [
    ...Object.entries(systems).map(([name, system]): [string, Uint8Array] => [
      name,
      encodeSystem(system, formats[format]),
    ]),
    ...Object.entries(cells).map(([name, cell]): [string, Uint8Array] => [name, encodeCell(cell, formats[format])]),
  ];
}

describe.each(names)("%s", (format) => {
  const wanted = references(format);

  test("every reference is made byte for byte from its board's data, and nothing else is", () => {
    const made = all
      .filter(({ name }) => !ours.includes(name))
      .flatMap((board) =>
        files(board, format).map(([name, bytes]) => {
          const sha256 = createHash("sha256").update(bytes).digest("hex");
          return [`${board.arch}/${name}`, `${bytes.length} bytes, ${sha256}`];
        }),
      );
    expect(Object.fromEntries(made)).toEqual(wanted);
  });

  test("the files decode to what they were made of", () => {
    for (const board of all) {
      const { systems = {}, cells = {} } = board[format] ?? {};
      const configs = [...Object.values(systems), ...Object.values(cells)];
      for (const [index, [name, bytes]] of files(board, format).entries()) {
        const config = configs[index]!;
        const file = decodeFile(bytes, { file: name, arch: config.arch });
        expect(file, name).toEqual({ format, config, archs: [config.arch] });
        // The fork's files do not say their architecture: they must not say a wrong one either.
        expect(decodeFile(bytes).archs, name).toContain(config.arch);
      }
    }
  });
});

test("the boards' data is written for people: it has fewer than 7,000 lines", () => {
  const code = ["check", "define", "describe", "format", "references"];
  const folders = readdirSync(new URL(".", import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !code.includes(entry.name))
    .map(({ name }) => new URL(`${name}/`, import.meta.url));
  const sources = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => readFileSync(new URL(name, folder), "utf8")),
  );
  expect(sources.join("").split("\n").length).toBeLessThan(7000);
});
