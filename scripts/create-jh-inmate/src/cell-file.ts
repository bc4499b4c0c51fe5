/** The text of a project's cell.ts, and of the one at the other end of its link. */
import type { BoardRow, CellChoice, PeerChoice } from "./board-row.ts";

/** A board with the cell that the template gets there. */
export type Place = readonly [board: BoardRow, cell: CellChoice];

export function cellFile(places: readonly Place[], name: string): string {
  return file(
    "What the program gets of the board: a stock cell with some fields changed.",
    places.map((place) => {
      const { cpus, ram } = place[1];
      return definition(place, name, cpus, ram === undefined ? [] : [`ram: ${JSON.stringify(ram)}`]);
    }),
  );
}

export function peerCellFile(places: readonly Place[], name: string): string {
  return file(
    "The cell at the other end of the link. Root is peer 0, the cell of the folder above peer 1.",
    places.map((place) => {
      const peer = place[1].peer as PeerChoice;
      return definition(place, name, peer.cpus, [
        `ram: { physical: ${hex(peer.ram)}, size: "1M" }`,
        `ivshmem: [\n    {\n      link: { ${link(peer)} },\n      id: 2,\n    },\n  ]`,
        ...(peer.pin === undefined ? [] : [`pciInterrupt: ${peer.pin}`, `interrupts: [${peer.pin}]`]),
      ]);
    }),
  );
}

interface Definition {
  readonly variable: string;
  readonly text: string;
}

function file(comment: string, definitions: readonly Definition[]): string {
  const variables = ["defineCell", ...definitions.map(({ variable }) => variable)];
  const texts = definitions.map(({ text }) => text);
  const [only, ...more] = texts;
  const all = more.length === 0 ? only : `[\n${texts.map((text) => `  ${text.replaceAll("\n", "\n  ")},\n`).join("")}]`;
  return `import { ${variables.join(", ")} } from "jh-inmate/config";\n\n// ${comment}\nexport default ${all};\n`;
}

function definition(
  [{ variable }, { extend }]: Place,
  name: string,
  cpus?: readonly number[],
  more: readonly string[] = [],
): Definition {
  const fields = [
    `board: ${variable}`,
    `extend: ${JSON.stringify(extend)}`,
    `name: ${JSON.stringify(name)}`,
    ...(cpus ? [`cpus: [${cpus.join(", ")}]`] : []),
    ...more,
  ];
  return { variable, text: `defineCell({\n${fields.map((field) => `  ${field},\n`).join("")}})` };
}

function link({ link }: PeerChoice): string {
  const value = (key: string, value: string | number) => (key === "base" ? hex(Number(value)) : JSON.stringify(value));
  return Object.entries(link)
    .map(([key, field]) => `${key}: ${value(key, field)}`)
    .join(", ");
}

function hex(address: number): string {
  return `0x${address.toString(16)}`;
}
