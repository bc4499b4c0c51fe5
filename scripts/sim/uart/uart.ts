/** What the models of UARTs have in common. */

export interface UartHost {
  transmit(byte: number): void;
  /** false: a fault has been injected, the transmitter never gets ready. */
  isReady(): boolean;
}
