/**
 * Registers of the 8254x network controllers and their bits (Intel 317453, "PCI/PCI-X Family of Gigabit Ethernet
 * Controllers Software Developer's Manual", chapter 13). All have 32 bits.
 */

/** Device control */
export const CTRL: u32 = 0x0000;
export const CTRL_LINK_RESET: u32 = 1 << 3;
export const CTRL_LINK_UP: u32 = 1 << 6;
export const CTRL_FORCE_SPEED: u32 = 1 << 11;
export const CTRL_RESET: u32 = 1 << 26;

/** Device status; two bits say 10, 100, 1000 or again 1000 Mb/s. */
export const STATUS: u32 = 0x0008;
export const STATUS_LINK_UP: u32 = 1 << 1;
export const STATUS_SPEED_SHIFT: u32 = 6;

/** EEPROM read: a word of 16 bits comes in the upper half. */
export const EERD: u32 = 0x0014;
export const EERD_START: u32 = 1 << 0;
export const EERD_DONE: u32 = 1 << 4;
export const EERD_ADDRESS_SHIFT: u32 = 8;

/** The PHY's registers, of 16 bits each, by the management interface */
export const MDIC: u32 = 0x0020;
export const MDIC_REGISTER_SHIFT: u32 = 16;
export const MDIC_PHY: u32 = 1 << 21;
export const MDIC_WRITE: u32 = 1 << 26;
export const MDIC_READ: u32 = 2 << 26;
export const MDIC_READY: u32 = 1 << 28;

/** Receive control; buffers of 2048 bytes are what 0 means. */
export const RCTL: u32 = 0x0100;
export const RCTL_ON: u32 = 1 << 1;
export const RCTL_BROADCAST: u32 = 1 << 15;
export const RCTL_STRIP_CRC: u32 = 1 << 26;

/** Transmit control: short packets are padded; how often and how far apart collisions are retried. */
export const TCTL: u32 = 0x0400;
export const TCTL_ON: u32 = 1 << 1;
export const TCTL_PAD: u32 = 1 << 3;
export const TCTL_COLLISIONS: u32 = (0x0f << 4) | (0x40 << 12);

/** Gaps between packets */
export const TIPG: u32 = 0x0410;
export const TIPG_USUAL: u32 = 10 | (10 << 10) | (10 << 20);

/** A ring of descriptors: the registers of the receiver's and of the transmitter's from here on */
export const RECEIVE_RING: u32 = 0x2800;
export const TRANSMIT_RING: u32 = 0x3800;
export const RING_BASE_LOW: u32 = 0x00;
export const RING_BASE_HIGH: u32 = 0x04;
export const RING_LENGTH: u32 = 0x08;
export const RING_HEAD: u32 = 0x10;
export const RING_TAIL: u32 = 0x18;

/** The first of the addresses that the receiver listens to */
export const RAL: u32 = 0x5400;
export const RAH: u32 = 0x5404;
export const RAH_VALID: u32 = 1 << 31;
