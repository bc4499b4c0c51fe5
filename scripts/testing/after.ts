/** Ends a test's cells with the test, where the test runner is vitest; elsewhere the test does it. */
export async function endAfterTest(end: () => Promise<void>): Promise<void> {
  if (!process.env.VITEST) return;
  // A test's vitest need not be the one that is installed with this package.
  const { onTestFinished } = (await import(process.env.JH_INMATE_VITEST ?? "vitest")) as typeof import("vitest");
  try {
    onTestFinished(end);
  } catch {
    // A hook has started it, for several tests: it ends with the process of the file's tests.
  }
}
