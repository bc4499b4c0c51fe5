/* Dispatch in C for the GIC. */
#pragma once

static void dispatch(void) {
  u32 id = jh_icc_iar1();
  if (id >= 1020) return; /* nothing pending (GICv3 specification 2.2.1) */
  if (handle_interrupt) handle_interrupt(id);
  jh_icc_eoir1(id);
}

/* Distributor and redistributor are set up as the hypervisor leaves them; the SGI is enabled in the redistributor's second frame. */
static void start_controller(void) {
  u32 redistributor = jh_map_device(*(const volatile u64 *)(COMM_REGION + 88) + (jh_cpu_id() & 0xff) * 0x20000 + 0x10000, PAGE);
  jh_icc_ctlr(0);
  jh_icc_pmr(0xf0);
  jh_icc_igrpen1(1);
  jh_write32(redistributor + 0x100, 1 << INTERRUPT); /* GICR_ISENABLER0 */
}
