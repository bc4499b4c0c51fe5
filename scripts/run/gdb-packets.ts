/** gdb's remote protocol on the wire (gdb's manual, E.1): "$payload#checksum", each acknowledged by "+". One character of a text is one byte. */

const ENCODING = "latin1";
/** What gdb sends for Ctrl-C, outside of packets. */
const INTERRUPT = "\x03";

export const ACKNOWLEDGEMENT = "+";

export function packet(payload: string): Buffer {
  const sum = Buffer.from(payload, ENCODING).reduce((total, byte) => total + byte, 0) & 0xff;
  return Buffer.from(`$${payload}#${sum.toString(16).padStart(2, "0")}`, ENCODING);
}

export type Event = { readonly kind: "packet"; readonly payload: string } | { readonly kind: "interrupt" };

/** Takes bytes in any pieces. Acknowledgements are dropped: between two sockets of one machine nothing gets lost. */
export class PacketReader {
  #text = "";

  push(bytes: Uint8Array): Event[] {
    this.#text += Buffer.from(bytes).toString(ENCODING);
    const events: Event[] = [];
    for (;;) {
      const [interrupt, dollar] = [this.#text.indexOf(INTERRUPT), this.#text.indexOf("$")];
      const start = interrupt < 0 || dollar < 0 ? Math.max(interrupt, dollar) : Math.min(interrupt, dollar);
      if (start < 0) {
        this.#text = "";
        return events;
      }
      this.#text = this.#text.slice(start);
      if (this.#text.startsWith(INTERRUPT)) {
        events.push({ kind: "interrupt" });
        this.#text = this.#text.slice(1);
        continue;
      }
      // A "#" of the payload is escaped.
      const end = this.#text.indexOf("#");
      if (end < 0 || this.#text.length < end + 3) return events;
      events.push({ kind: "packet", payload: this.#text.slice(1, end) });
      this.#text = this.#text.slice(end + 3);
    }
  }
}

export function interruptByte(): Buffer {
  return Buffer.from(INTERRUPT, ENCODING);
}
