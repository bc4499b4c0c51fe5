/** The size of linear memory as the module sees it, in pages of 64 KiB. What RAM backs may be less (runtime/wasm/wasm.h). */
import { WASM_PAGE } from "../module/layout.ts";
import type { Program } from "../module/prepare.ts";

const FAILED = -1;

export class LinearPages {
  /** A growth has been refused, so that an allocator may give up. */
  refused = false;
  size: number;
  readonly #most: number;

  constructor({ pages, layout }: Program) {
    this.size = pages.initial;
    this.#most = Math.min(pages.maximum, Math.ceil(layout.limit / WASM_PAGE));
  }

  get bytes(): number {
    return this.size * WASM_PAGE;
  }

  /** The size before, or -1. */
  grow(delta: number): number {
    const before = this.size;
    if (delta !== 0 && before + delta > this.#most) {
      this.refused = true;
      return FAILED;
    }
    this.size = before + delta;
    return before;
  }
}
