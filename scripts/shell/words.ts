/** A command line as a shell reads it: words, quotes, comments. No variables, no pipes. */

export interface Line {
  readonly words: readonly string[];
  /** The line goes on: a backslash at its end, or an open quote. */
  readonly open: boolean;
}

/** In double quotes a backslash keeps its meaning before these only (POSIX shell, 2.2.3). */
const ESCAPED_IN_QUOTES = /["\\$`]/;

export function splitLine(text: string): Line {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    const next = text[i + 1];
    if (quote) {
      if (c === quote) quote = undefined;
      else if (quote === '"' && c === "\\" && next !== undefined && ESCAPED_IN_QUOTES.test(next))
        word += text[++i] ?? "";
      else word += c;
    } else if (c === '"' || c === "'") {
      quote = c;
      word ??= "";
    } else if (c === "\\") {
      if (next === undefined) return { words: word === undefined ? words : [...words, word], open: true };
      word = (word ?? "") + text[++i];
    } else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (c === "#" && word === undefined) {
      break;
    } else {
      word = (word ?? "") + c;
    }
  }
  return { words: word === undefined ? words : [...words, word], open: quote !== undefined };
}
