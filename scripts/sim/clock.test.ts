import { expect, test } from "vitest";
import { VirtualClock } from "./clock.ts";

test("alarms are run by time, then by the order in which they were set", () => {
  const clock = new VirtualClock(
    () => 0,
    () => {},
  );
  const seen: string[] = [];
  for (const [when, name] of [
    [30, "a"],
    [10, "b"],
    [20, "c"],
    [10, "d"],
    [30, "e"],
  ] as const)
    clock.at(when, () => seen.push(`${name}@${clock.now}`));
  while (clock.next < Number.POSITIVE_INFINITY) clock.runNext();
  expect(seen).toEqual(["b@10", "d@10", "c@20", "a@30", "e@30"]);
});

test("a cancelled alarm is not run; one may be set in another", () => {
  const clock = new VirtualClock(
    () => 5,
    () => {},
  );
  const seen: number[] = [];
  clock.at(10, () => {
    seen.push(clock.now);
    clock.at(12, () => seen.push(clock.now));
  });
  clock.at(11, () => seen.push(clock.now)).cancel();
  expect(clock.now).toBe(5);
  while (clock.next < Number.POSITIVE_INFINITY) clock.runNext();
  expect(seen).toEqual([10, 12]);
});
