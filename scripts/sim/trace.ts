/** What happened, for assertions: the same on every run. Times are ns of virtual time. */

export type TraceEvent =
  | { readonly time: number; readonly kind: "interrupt"; readonly cpu: number; readonly irq: number }
  | { readonly time: number; readonly kind: "lost"; readonly irq: number }
  | {
      readonly time: number;
      readonly kind: "hypercall";
      readonly cpu: number;
      readonly code: number;
      readonly args: readonly number[];
      readonly result: number;
    }
  | { readonly time: number; readonly kind: "message"; readonly message: number }
  | { readonly time: number; readonly kind: "reply"; readonly reply: number }
  | { readonly time: number; readonly kind: "state"; readonly state: string }
  | { readonly time: number; readonly kind: "cpu"; readonly cpu: number; readonly state: string }
  | { readonly time: number; readonly kind: "fault"; readonly cpu: number; readonly fault: number }
  | {
      readonly time: number;
      readonly kind: "violation";
      readonly cpu: number;
      readonly what: string;
      readonly address: number;
      readonly size: number;
    }
  | { readonly time: number; readonly kind: "disturbance"; readonly what: string }
  /** Of the hypervisor's, on its own console. */
  | { readonly time: number; readonly kind: "warning"; readonly what: string }
  | {
      readonly time: number;
      readonly kind: "read" | "write";
      readonly cpu: number;
      readonly address: number;
      readonly width: number;
      readonly value: number;
    };

/** All of them but the time, for who records one. */
export type TraceEntry = TraceEvent extends infer Each ? (Each extends TraceEvent ? Omit<Each, "time"> : never) : never;

export type Recorder = (entry: TraceEntry) => void;
