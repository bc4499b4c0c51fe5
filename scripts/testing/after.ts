/** Ends a test's cells with the test, where the test runner is vitest; elsewhere the test does it. */
export async function endAfterTest(end: () => Promise<void>): Promise<void> {
  if (!process.env.VITEST) return;
  const { onTestFinished } = await import("vitest");
  try {
    onTestFinished(end);
  } catch {
    // A hook has started it, for several tests: it ends with the process of the file's tests.
  }
}
