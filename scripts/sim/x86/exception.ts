/** The CPU raises an exception in the cell's program (Intel SDM volume 3A, 6.15), which is no business of the hypervisor's. */
export class CpuException extends Error {
  readonly vector: number;
  readonly errorCode: number;
  constructor(vector: number, errorCode: number) {
    super(`exception ${vector}`);
    this.vector = vector;
    this.errorCode = errorCode;
  }
}

export const GENERAL_PROTECTION = 13;
