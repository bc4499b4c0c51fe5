/**
 * System registers, named by the 16 bits that MRS and MSR carry for them (Arm ARM C5.1): op0, op1, CRn, CRm, op2.
 * Each one has its row in registers.h, too.
 */

// Hypervisor control (Arm ARM D17.2)
export const HCR_EL2: u32 = (3 << 14) | (4 << 11) | (1 << 7) | (1 << 3) | 0;
export const CPTR_EL2: u32 = (3 << 14) | (4 << 11) | (1 << 7) | (1 << 3) | 2;
export const VTTBR_EL2: u32 = (3 << 14) | (4 << 11) | (2 << 7) | (1 << 3) | 0;
export const VTCR_EL2: u32 = (3 << 14) | (4 << 11) | (2 << 7) | (1 << 3) | 2;
export const MDCR_EL2: u32 = (3 << 14) | (4 << 11) | (1 << 7) | (1 << 3) | 1;
export const ESR_EL2: u32 = (3 << 14) | (4 << 11) | (5 << 7) | (2 << 3) | 0;
export const FAR_EL2: u32 = (3 << 14) | (4 << 11) | (6 << 7) | (0 << 3) | 0;
export const HPFAR_EL2: u32 = (3 << 14) | (4 << 11) | (6 << 7) | (0 << 3) | 4;
export const TPIDR_EL2: u32 = (3 << 14) | (4 << 11) | (13 << 7) | (0 << 3) | 2;
export const CNTHCTL_EL2: u32 = (3 << 14) | (4 << 11) | (14 << 7) | (1 << 3) | 0;
export const CNTVOFF_EL2: u32 = (3 << 14) | (4 << 11) | (14 << 7) | (0 << 3) | 3;
export const CNTHP_CTL_EL2: u32 = (3 << 14) | (4 << 11) | (14 << 7) | (2 << 3) | 1;
export const CNTHP_CVAL_EL2: u32 = (3 << 14) | (4 << 11) | (14 << 7) | (2 << 3) | 2;
export const MPIDR_EL1: u32 = (3 << 14) | (0 << 11) | (0 << 7) | (0 << 3) | 5;

// GIC: physical CPU interface (GICv3 spec 12.2) and hypervisor control interface (12.4)
export const ICC_PMR_EL1: u32 = (3 << 14) | (0 << 11) | (4 << 7) | (6 << 3) | 0;
export const ICC_DIR_EL1: u32 = (3 << 14) | (0 << 11) | (12 << 7) | (11 << 3) | 1;
export const ICC_SGI1R_EL1: u32 = (3 << 14) | (0 << 11) | (12 << 7) | (11 << 3) | 5;
export const ICC_IAR1_EL1: u32 = (3 << 14) | (0 << 11) | (12 << 7) | (12 << 3) | 0;
export const ICC_EOIR1_EL1: u32 = (3 << 14) | (0 << 11) | (12 << 7) | (12 << 3) | 1;
export const ICC_CTLR_EL1: u32 = (3 << 14) | (0 << 11) | (12 << 7) | (12 << 3) | 4;
export const ICC_SRE_EL1: u32 = (3 << 14) | (0 << 11) | (12 << 7) | (12 << 3) | 5;
export const ICC_IGRPEN1_EL1: u32 = (3 << 14) | (0 << 11) | (12 << 7) | (12 << 3) | 7;
export const ICC_SRE_EL2: u32 = (3 << 14) | (4 << 11) | (12 << 7) | (9 << 3) | 5;
export const ICH_AP0R0_EL2: u32 = (3 << 14) | (4 << 11) | (12 << 7) | (8 << 3) | 0;
export const ICH_AP1R0_EL2: u32 = (3 << 14) | (4 << 11) | (12 << 7) | (9 << 3) | 0;
export const ICH_HCR_EL2: u32 = (3 << 14) | (4 << 11) | (12 << 7) | (11 << 3) | 0;
export const ICH_VTR_EL2: u32 = (3 << 14) | (4 << 11) | (12 << 7) | (11 << 3) | 1;
export const ICH_VMCR_EL2: u32 = (3 << 14) | (4 << 11) | (12 << 7) | (11 << 3) | 7;
/** List register n is `ICH_LR0_EL2 + n`: CRm goes on from 12 to 13 as op2 overflows. */
export const ICH_LR0_EL2: u32 = (3 << 14) | (4 << 11) | (12 << 7) | (12 << 3) | 0;

// What belongs to the cell (Arm ARM D17.2, D17.11)
export const SCTLR_EL1: u32 = (3 << 14) | (0 << 11) | (1 << 7) | (0 << 3) | 0;
export const CPACR_EL1: u32 = (3 << 14) | (0 << 11) | (1 << 7) | (0 << 3) | 2;
export const TTBR0_EL1: u32 = (3 << 14) | (0 << 11) | (2 << 7) | (0 << 3) | 0;
export const TTBR1_EL1: u32 = (3 << 14) | (0 << 11) | (2 << 7) | (0 << 3) | 1;
export const TCR_EL1: u32 = (3 << 14) | (0 << 11) | (2 << 7) | (0 << 3) | 2;
export const SPSR_EL1: u32 = (3 << 14) | (0 << 11) | (4 << 7) | (0 << 3) | 0;
export const ELR_EL1: u32 = (3 << 14) | (0 << 11) | (4 << 7) | (0 << 3) | 1;
export const SP_EL0: u32 = (3 << 14) | (0 << 11) | (4 << 7) | (1 << 3) | 0;
export const SP_EL1: u32 = (3 << 14) | (4 << 11) | (4 << 7) | (1 << 3) | 0;
export const AFSR0_EL1: u32 = (3 << 14) | (0 << 11) | (5 << 7) | (1 << 3) | 0;
export const AFSR1_EL1: u32 = (3 << 14) | (0 << 11) | (5 << 7) | (1 << 3) | 1;
export const ESR_EL1: u32 = (3 << 14) | (0 << 11) | (5 << 7) | (2 << 3) | 0;
export const FAR_EL1: u32 = (3 << 14) | (0 << 11) | (6 << 7) | (0 << 3) | 0;
export const PAR_EL1: u32 = (3 << 14) | (0 << 11) | (7 << 7) | (4 << 3) | 0;
export const MAIR_EL1: u32 = (3 << 14) | (0 << 11) | (10 << 7) | (2 << 3) | 0;
export const AMAIR_EL1: u32 = (3 << 14) | (0 << 11) | (10 << 7) | (3 << 3) | 0;
export const VBAR_EL1: u32 = (3 << 14) | (0 << 11) | (12 << 7) | (0 << 3) | 0;
export const CONTEXTIDR_EL1: u32 = (3 << 14) | (0 << 11) | (13 << 7) | (0 << 3) | 1;
export const TPIDR_EL1: u32 = (3 << 14) | (0 << 11) | (13 << 7) | (0 << 3) | 4;
export const TPIDR_EL0: u32 = (3 << 14) | (3 << 11) | (13 << 7) | (0 << 3) | 2;
export const TPIDRRO_EL0: u32 = (3 << 14) | (3 << 11) | (13 << 7) | (0 << 3) | 3;
export const CSSELR_EL1: u32 = (3 << 14) | (2 << 11) | (0 << 7) | (0 << 3) | 0;
export const MDSCR_EL1: u32 = (2 << 14) | (0 << 11) | (0 << 7) | (2 << 3) | 2;
export const PMUSERENR_EL0: u32 = (3 << 14) | (3 << 11) | (9 << 7) | (14 << 3) | 0;
export const CNTKCTL_EL1: u32 = (3 << 14) | (0 << 11) | (14 << 7) | (1 << 3) | 0;
export const CNTP_CTL_EL0: u32 = (3 << 14) | (3 << 11) | (14 << 7) | (2 << 3) | 1;
export const CNTP_CVAL_EL0: u32 = (3 << 14) | (3 << 11) | (14 << 7) | (2 << 3) | 2;
export const CNTV_CTL_EL0: u32 = (3 << 14) | (3 << 11) | (14 << 7) | (3 << 3) | 1;
export const CNTV_CVAL_EL0: u32 = (3 << 14) | (3 << 11) | (14 << 7) | (3 << 3) | 2;

// Performance monitors (Arm ARM D19.5); PMUSERENR_EL0 is above
export const PMCR_EL0: u32 = (3 << 14) | (3 << 11) | (9 << 7) | (12 << 3) | 0;
export const PMCNTENSET_EL0: u32 = (3 << 14) | (3 << 11) | (9 << 7) | (12 << 3) | 1;
export const PMCNTENCLR_EL0: u32 = (3 << 14) | (3 << 11) | (9 << 7) | (12 << 3) | 2;
export const PMOVSCLR_EL0: u32 = (3 << 14) | (3 << 11) | (9 << 7) | (12 << 3) | 3;
export const PMSWINC_EL0: u32 = (3 << 14) | (3 << 11) | (9 << 7) | (12 << 3) | 4;
export const PMSELR_EL0: u32 = (3 << 14) | (3 << 11) | (9 << 7) | (12 << 3) | 5;
export const PMCEID0_EL0: u32 = (3 << 14) | (3 << 11) | (9 << 7) | (12 << 3) | 6;
export const PMCEID1_EL0: u32 = (3 << 14) | (3 << 11) | (9 << 7) | (12 << 3) | 7;
export const PMCCNTR_EL0: u32 = (3 << 14) | (3 << 11) | (9 << 7) | (13 << 3) | 0;
export const PMXEVTYPER_EL0: u32 = (3 << 14) | (3 << 11) | (9 << 7) | (13 << 3) | 1;
export const PMXEVCNTR_EL0: u32 = (3 << 14) | (3 << 11) | (9 << 7) | (13 << 3) | 2;
export const PMOVSSET_EL0: u32 = (3 << 14) | (3 << 11) | (9 << 7) | (14 << 3) | 3;
export const PMINTENSET_EL1: u32 = (3 << 14) | (0 << 11) | (9 << 7) | (14 << 3) | 1;
export const PMINTENCLR_EL1: u32 = (3 << 14) | (0 << 11) | (9 << 7) | (14 << 3) | 2;
export const PMCCFILTR_EL0: u32 = (3 << 14) | (3 << 11) | (14 << 7) | (15 << 3) | 7;
/** Of counter n: the lowest bits of CRm and op2 have it. */
export const PMEVCNTR0_EL0: u32 = (3 << 14) | (3 << 11) | (14 << 7) | (8 << 3) | 0;
export const PMEVTYPER0_EL0: u32 = (3 << 14) | (3 << 11) | (14 << 7) | (12 << 3) | 0;
