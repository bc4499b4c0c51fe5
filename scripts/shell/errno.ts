/** What the kernel answers, in the words of the C library. */
export const ERRORS = {
  EPERM: "Operation not permitted",
  ENOENT: "No such file or directory",
  EIO: "Input/output error",
  E2BIG: "Argument list too long",
  ENOMEM: "Cannot allocate memory",
  EBUSY: "Device or resource busy",
  EEXIST: "File exists",
  ENODEV: "No such device",
  EINVAL: "Invalid argument",
  ERANGE: "Numerical result out of range",
  ENOSYS: "Function not implemented",
} as const;
export type ErrorName = keyof typeof ERRORS;

/** The error that the words of a tool end with. */
export function errorIn(text: string): ErrorName | undefined {
  const names = Object.keys(ERRORS) as ErrorName[];
  return names.find((name) => text.trimEnd().endsWith(`: ${ERRORS[name]}`));
}

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
