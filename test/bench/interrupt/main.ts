import { irq } from "jh-inmate";

export let ticks: u32 = 0;

irq.on(irq.ipi(1), () => {
  ticks++;
});
