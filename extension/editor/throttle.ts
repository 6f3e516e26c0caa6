/** Calls that come in bursts, carried out at once and then at most once an interval, the last one always. */

export interface Throttle {
  call(): void;
  dispose(): void;
}

/** `interval` in milliseconds. */
export function throttle(interval: number, action: () => void): Throttle {
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  const carryOut = () => {
    again = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (again) carryOut();
    }, interval);
    action();
  };
  return {
    call() {
      if (timer === undefined) carryOut();
      else again = true;
    },
    dispose() {
      clearTimeout(timer);
    },
  };
}
