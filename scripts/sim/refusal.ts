/** A device refuses an access: the hypervisor stops a CPU that tries it. What it was, and where, is known to who passed the access on. */
export class Refusal extends Error {}
