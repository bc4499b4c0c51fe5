/** What the kernel answers, in the words of the C library. */
export const ERRORS = {
  EPERM: "Operation not permitted",
  ENOENT: "No such file or directory",
  EBUSY: "Device or resource busy",
  EEXIST: "File exists",
  EINVAL: "Invalid argument",
} as const;
export type ErrorName = keyof typeof ERRORS;

/** A refusal of the driver or the hypervisor; `why` says in our words what was in the way. */
export class Refusal extends Error {
  readonly words: string;
  readonly why: string;

  constructor(name: ErrorName, why: string) {
    super(name);
    this.words = ERRORS[name];
    this.why = why;
  }
}
