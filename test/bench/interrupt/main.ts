import { irq } from "jh-inmate";

let ticks: u32 = 0;

irq.on(1, () => {
  ticks++;
});
