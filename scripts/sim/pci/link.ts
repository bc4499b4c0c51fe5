/** An ivshmem link: what rings among its peers. Whose functions have the same bus, device and function are on one (jailhouse-abi 1.9). */
import { Cable } from "./cable.ts";

/** A peer's end. */
export interface LinkEnd {
  /** Vector `vector` of the peer, as its cell has set it up; `time`: when it was rung. */
  interrupt(vector: number, time: number): void;
}

export class Link {
  readonly #ends = new Map<number, LinkEnd>();

  /** false: the link has a peer of that number. */
  join(id: number, end: LinkEnd): boolean {
    if (this.has(id)) return false;
    this.#ends.set(id, end);
    return true;
  }

  has(id: number): boolean {
    return this.#ends.has(id);
  }

  leave(id: number): void {
    this.#ends.delete(id);
  }

  /** Whom nobody is, is not rung. */
  ring(id: number, vector: number, time: number): void {
    this.#ends.get(id)?.interrupt(vector, time);
  }
}

/** The links of a board by their function's number, each made when the first of its peers comes. */
export class Links {
  /** Of the board's network cards. */
  readonly cable = new Cable();
  readonly #links = new Map<number, Link>();

  at(bdf: number): Link {
    const link = this.#links.get(bdf) ?? new Link();
    this.#links.set(bdf, link);
    return link;
  }
}
