/** What came of the tests, collected as vitest tells it. */
import { relative } from "node:path";
import type { SerializedError, TestCase, TestModule } from "vitest/node";

export interface TestResult {
  readonly name: string;
  /** From the project's folder. */
  readonly file: string;
  readonly state: "passed" | "failed" | "skipped";
  /** Milliseconds. */
  readonly duration: number;
  /** Why it failed. */
  readonly message?: string;
}

/** The object of `jh-inmate test --json`. */
export interface TestSummary {
  readonly tests: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Why the inmate could not be built or started: the first line says it, code frames may follow. */
  readonly buildError?: string;
  /** What failed outside of tests. */
  readonly errors: readonly string[];
  readonly results: readonly TestResult[];
}

export class TestReport {
  readonly #root: string;
  #modules: readonly TestModule[] = [];
  #unhandled: readonly SerializedError[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  /** Called by vitest. */
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    this.#modules = modules;
    this.#unhandled = unhandled;
  }

  get summary(): TestSummary {
    const cases = this.#modules.flatMap((module) => [...module.children.allTests()]);
    const results = cases.map((test) => this.#result(test));
    const count = (state: TestResult["state"]) => results.filter((result) => result.state === state).length;
    const outside = [...this.#modules.flatMap(errorsOutside), ...this.#unhandled];
    const buildError = [...cases.flatMap((test) => test.result().errors ?? []), ...outside].find(isBuildError);
    return {
      tests: results.length,
      passed: count("passed"),
      failed: count("failed"),
      skipped: count("skipped"),
      ...(buildError ? { buildError: buildError.message } : {}),
      errors: outside.map(({ message }) => message),
      results,
    };
  }

  #result(test: TestCase): TestResult {
    const { state, errors = [] } = test.result();
    return {
      name: test.fullName,
      file: relative(this.#root, test.module.moduleId),
      state: state === "pending" ? "skipped" : state,
      duration: Math.round(test.diagnostic()?.duration ?? 0),
      ...(state === "failed" ? { message: errors.map(({ message }) => message).join("\n") } : {}),
    };
  }
}

/** Of the file itself, which may not load, and of its groups: a hook that failed. */
function errorsOutside(module: TestModule): SerializedError[] {
  const suites = [...module.children.allSuites()];
  return [...module.errors(), ...suites.flatMap((suite) => suite.errors())];
}

/** By name: the error came from another process. */
function isBuildError({ name }: SerializedError): boolean {
  return name === "UserError";
}

/** 2: what is to be tested was not there; 1: a test failed. */
export function exitCode({ buildError, failed, errors }: TestSummary): number {
  if (buildError !== undefined) return 2;
  return failed > 0 || errors.length > 0 ? 1 : 0;
}
