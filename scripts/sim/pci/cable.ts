/** An Ethernet cable with any number of network cards, as a hub joins them: what one sends all others hear. */
export interface CableEnd {
  /** `time`: when the frame is there. */
  receive(frame: Uint8Array, time: number): void;
}

export class Cable {
  readonly #ends = new Set<CableEnd>();

  plug(end: CableEnd): void {
    this.#ends.add(end);
  }
  unplug(end: CableEnd): void {
    this.#ends.delete(end);
  }

  send(from: CableEnd, frame: Uint8Array, time: number): void {
    for (const end of this.#ends) if (end !== from) end.receive(frame, time);
  }
}
