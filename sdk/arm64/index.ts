/** jh-inmate/arm64: what only arm64 machines have. The rest of the SDK is the same on all. */
import * as events from "./events";

export { events };
