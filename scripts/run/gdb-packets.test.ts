import { expect, test } from "vitest";
import { PacketReader, packet } from "./gdb-packets.ts";

test("a packet bears the sum of its bytes", () => {
  expect(packet("OK").toString()).toBe("$OK#9a");
  expect(packet("\xff\x02").toString("latin1")).toBe("$\xff\x02#01");
});

test("packets and Ctrl-C are found in any pieces, acknowledgements are dropped", () => {
  const bytes = Buffer.concat([Buffer.from("++$g#67\x03+"), packet("m0,1"), Buffer.from("\x03"), packet("k")]);
  const whole = new PacketReader().push(bytes);
  const text = (events: typeof whole) => events.map((event) => (event.kind === "packet" ? event.payload : "^C"));
  expect(text(whole)).toEqual(["g", "^C", "m0,1", "^C", "k"]);
  const reader = new PacketReader();
  expect(text([...bytes].flatMap((byte) => reader.push(Uint8Array.of(byte))))).toEqual(["g", "^C", "m0,1", "^C", "k"]);
});
