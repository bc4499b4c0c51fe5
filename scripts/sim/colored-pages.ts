/** Where the pages of a coloured region lie: of each period the runs of its colours, one after the other (jailhouse-abi 6.2). */
import { type ColoredRegion, colorsOf } from "../../boards/index.ts";

const PAGE = 0x1000;

export class ColoredPages {
  readonly #physical: number;
  /** Pages of a period, by their places in it; and how many it has. */
  readonly #places: readonly number[];
  readonly #period: number;

  /** `colors`: how many the cache has. A mask that has none of them takes all. */
  constructor({ physical, colors: mask }: ColoredRegion, colors: number) {
    const places = colorsOf(mask, colors);
    this.#physical = Number(physical);
    this.#places = places.length > 0 ? places : Array.from({ length: colors }, (_, place) => place);
    this.#period = colors;
  }

  /** Of a byte of the region. */
  physicalOf(offset: number): number {
    const page = Math.floor(offset / PAGE);
    const period = Math.floor(page / this.#places.length);
    const place = this.#places[page % this.#places.length] as number;
    return this.#physical + (period * this.#period + place) * PAGE + (offset % PAGE);
  }
}
