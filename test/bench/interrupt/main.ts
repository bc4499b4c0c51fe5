import { irq } from "jh-inmate";

export let ticks: u32 = 0;

irq.on(1, () => {
  ticks++;
});
