import { cell, console, irq, ivshmem, panic } from "jh-inmate";

const SECOND: u64 = 1_000_000_000;

const found = ivshmem.open();
if (found == null) panic("the cell has no ivshmem device: see ivshmem in its configuration");
const link = found!;

// Root is peer 0, this folder's cell peer 1, the one of peer/ peer 2. Both run this program.
const other: u32 = link.id == 1 ? 2 : 1;
const mine = link.output(link.id);
const theirs = link.output(other);
mine.store32(0, 0);

console.log(`This is peer ${link.id} of ${link.peers}`);

/** Vector 0 of the doorbell: an MSI-X vector gets a number of our choice, a pin has its own. */
const bell: u32 = link.vectors != 0 ? 32 : link.line();
irq.on(bell, () => console.log(`peer ${other} is in state ${link.state(other)} and counts ${theirs.load32(0)}`));
link.connect(0, bell);
link.enable();

link.setState(1);
for (let n: u32 = 1; ; n++) {
  cell.sleep(SECOND);
  mine.store32(0, n);
  link.ring(other);
}
