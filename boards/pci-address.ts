/** "00:01.0" (bus, device, function, hexadecimal as lspci writes it) as the 16-bit number of the format; undefined if it is none. */
export function parseBdf(text: string): number | undefined {
  const match = /^([0-9a-f]{2}):([01][0-9a-f])\.([0-7])$/i.exec(text);
  if (!match) return undefined;
  const [bus, device, fn] = match.slice(1).map((digits) => Number.parseInt(digits, 16)) as [number, number, number];
  return (bus << 8) | (device << 3) | fn;
}

export function formatBdf(bdf: number): string {
  const hex = (value: number) => value.toString(16).padStart(2, "0");
  return `${hex(bdf >> 8)}:${hex((bdf >> 3) & 0x1f)}.${bdf & 7}`;
}
