/**
 * Address of the text's bytes in static memory, with a NUL behind them. The compiler transform puts `memory.data` in
 * place of each call; the argument is a literal. A string object would take twice the bytes and a header.
 */
export declare function ascii(text: string): usize;
