/** A bug in one answer must not end the server: it is logged, and the editor gets an empty answer. */
export type LogError = (message: string) => void;

export const guard =
  (logError: LogError) =>
  <Arguments extends unknown[], Answer>(
    name: string,
    empty: Answer,
    handler: (...args: Arguments) => Answer | Promise<Answer>,
  ) =>
  async (...args: Arguments): Promise<Answer> => {
    try {
      return await handler(...args);
    } catch (error) {
      logError(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return empty;
    }
  };
