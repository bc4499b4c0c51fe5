/* main.ts in C, with a dispatch as short as it can be: one interrupt each time the vector is taken, as in TypeScript, and its number goes to the
 * one handler that the program gave. Jailhouse's inmate library looks for a second interrupt and calls the GIC's driver by pointers. */
static void (*handle_interrupt)(u32 id);

static void dispatch(void) {
  u32 id = jh_icc_iar1();
  if (id >= 1020) return; /* nothing pending (GICv3 specification 2.2.1) */
  if (handle_interrupt) handle_interrupt(id);
  jh_icc_eoir1(id);
}

static u32 ticks;

static void on_interrupt(u32 id) {
  if (id == 1) ticks++;
}

/* Distributor and redistributor are set up as the hypervisor leaves them; SGI 1 is enabled in the redistributor's second frame. */
static void prepare(void) {
  u32 redistributor = jh_map_device(*(const volatile u64 *)(COMM_REGION + 88) + (jh_cpu_id() & 0xff) * 0x20000 + 0x10000, PAGE);
  jh_icc_ctlr(0);
  jh_icc_pmr(0xf0);
  jh_icc_igrpen1(1);
  irq_handler = dispatch;
  handle_interrupt = on_interrupt;
  jh_write32(redistributor + 0x100, 1 << 1); /* GICR_ISENABLER0 */
}
