import { UserError } from "../errors.ts";

/** It had begun, and the cell or the connection failed: the command exits with 1, where mistakes and refusals give 2. */
export class ExperimentFailed extends UserError {}
