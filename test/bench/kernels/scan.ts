/** A scan over bytes: counts the lines, words and vowels of a text. */
const LENGTH = 32 * 1024;
const text = new StaticArray<u8>(LENGTH);
for (let i = 0; i < LENGTH; i++) text[i] = <u8>(i % 61 == 0 ? 0x0a : i % 7 == 3 ? 0x20 : 0x61 + (((i * i) >> 3) % 26));

function isVowel(c: u8): bool {
  switch (c) {
    case 0x61:
    case 0x65:
    case 0x69:
    case 0x6f:
    case 0x75:
      return true;
    default:
      return false;
  }
}

export function scan(): u32 {
  let lines: u32 = 0;
  let words: u32 = 0;
  let vowels: u32 = 0;
  let inWord = false;
  for (let i = 0; i < LENGTH; i++) {
    const c = unchecked(text[i]);
    if (c == 0x0a) lines++;
    if (c <= 0x20) inWord = false;
    else if (!inWord) {
      inWord = true;
      words++;
    }
    if (isVowel(c)) vowels++;
  }
  return (lines << 24) ^ (words << 12) ^ vowels;
}
