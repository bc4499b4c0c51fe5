/** How text is set off on a terminal. `plain` leaves it as it is: for files, pipes and browsers. */
export interface Style {
  readonly heading: (text: string) => string;
  /** What frames and connects: boxes, gaps, separators. */
  readonly faint: (text: string) => string;
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
  readonly warning: (text: string) => string;
}

const same = (text: string) => text;

export const plain: Style = { heading: same, faint: same, added: same, removed: same, warning: same };

/** ECMA-48 "select graphic rendition": on, and what switches it off. */
const sgr = (on: number, off: number) => (text: string) => (text === "" ? "" : `\x1b[${on}m${text}\x1b[${off}m`);

export const colored: Style = {
  heading: sgr(1, 22),
  faint: sgr(2, 22),
  added: sgr(32, 39),
  removed: sgr(31, 39),
  warning: sgr(33, 39),
};
