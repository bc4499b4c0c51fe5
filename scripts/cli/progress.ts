/** The stage of a build on one line of the terminal that is wiped at the end; nothing without a terminal. */
export function stageProgress(): { stage: (name: string) => void; end: () => void } {
  const { stderr } = process;
  const wipe = () => stderr.write("\r\x1b[K");
  if (!stderr.isTTY) return { stage: () => {}, end: () => {} };
  return {
    stage: (name) => {
      wipe();
      stderr.write(`${name} …`);
    },
    end: wipe,
  };
}
