/** Cuts a stream of bytes into lines of text, without their line ends; bytes that are not UTF-8 become U+FFFD. */
export class LineReader {
  readonly #decoder = new TextDecoder();
  #rest = "";

  /** The lines that these bytes complete. */
  push(bytes: Uint8Array): string[] {
    const parts = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split("\n");
    this.#rest = parts.pop() ?? "";
    return parts.map(withoutReturn);
  }

  /** The line that has begun and has no end yet. */
  get unfinished(): string {
    return withoutReturn(this.#rest);
  }
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
