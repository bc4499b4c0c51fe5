/** The port that gdb connects to. It is ours and not QEMU's: so it is free for certain, and we learn when gdb goes. */
import { createServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { UserError } from "../errors.ts";

const HOST = "127.0.0.1";

export interface GdbServer {
  /** What gdb's `target remote` takes. */
  readonly address: string;
  /** A debugger is there, or has been. */
  readonly connected: boolean;
  /** Lets the first gdb that comes talk to a stub. `onEnd` is called when one of the two has gone after that. */
  serve(stub: Duplex, onEnd: () => void): void;
  close(): void;
}

/**
 * Without a port a free one is chosen.
 * @param onServing called when the machine is there: from now on gdb gets its answers
 * @throws UserError if the port is taken.
 */
export async function listenForGdb(port = 0, onServing: (address: string) => void = () => {}): Promise<GdbServer> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE" || error.code === "EACCES";
      reject(
        taken ? new UserError(`--gdb=${port}: this port cannot be had, choose another or give --gdb alone`) : error,
      );
    });
    server.listen(port, HOST, resolve);
  });
  return new PortServer(server, onServing);
}

class PortServer implements GdbServer {
  readonly address: string;
  readonly #server: Server;
  readonly #onServing: (address: string) => void;
  #client: Socket | undefined;
  #stub: { stream: Duplex; onEnd: () => void } | undefined;

  constructor(server: Server, onServing: (address: string) => void) {
    this.#server = server;
    this.#onServing = onServing;
    const at = server.address();
    if (at === null || typeof at === "string") throw new Error("gdb's port has no number");
    this.address = `${HOST}:${at.port}`;
    server.on("connection", (client) => this.#take(client));
  }

  get connected(): boolean {
    return this.#client !== undefined;
  }

  serve(stream: Duplex, onEnd: () => void): void {
    this.#stub = { stream, onEnd };
    this.#onServing(this.address);
    this.#join();
  }

  close(): void {
    this.#client?.destroy();
    this.#server.close();
  }

  /** gdb may come before the machine is there: what it says waits. */
  #take(client: Socket): void {
    if (this.#client) {
      client.destroy();
      return;
    }
    this.#client = client;
    // The protocol is a dialogue of small packets: none may wait for the next.
    client.setNoDelay(true);
    // A gdb that dies is one that goes.
    client.on("error", () => {});
    this.#join();
  }

  #join(): void {
    if (!this.#client || !this.#stub) return;
    const { stream, onEnd } = this.#stub;
    this.#client.pipe(stream, { end: false });
    stream.pipe(this.#client);
    this.#client.once("close", onEnd);
    stream.once("close", onEnd);
  }
}
