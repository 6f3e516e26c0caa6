/** As much of Jasmine as runs a suite; its package has no types. */
declare module 'jasmine-core' {
  export interface SpecResult {
    readonly fullName: string;
    readonly status: 'passed' | 'failed' | 'pending' | 'excluded';
    readonly failedExpectations: readonly { readonly message: string; readonly stack?: string }[];
    readonly duration: number | null;
  }

  export interface Environment {
    configure(options: {
      random?: boolean;
      forbidDuplicateNames?: boolean;
      specFilter?: (spec: { getFullName(): string }) => boolean;
    }): void;
    addReporter(reporter: { specDone?: (result: SpecResult) => void; suiteDone?: (result: SpecResult) => void }): void;
    execute(): Promise<{ readonly overallStatus: string }>;
  }

  /** Puts `describe`, `it`, `expect` and the rest into the global scope. */
  export function boot(): { DEFAULT_TIMEOUT_INTERVAL: number; getEnv(): Environment };
}
