import { useSignal } from '@preact/signals';
import { ApiError } from '../api.ts';
import { takeToken, token } from '../token.ts';

/**
 * For what takes the server's token: `isAsked` is set while it is to be entered, and `given` takes it and goes on. `fail` says
 * why one was not taken.
 */
export function useTokenAsked(goOn: () => Promise<void>, fail: (cause: unknown) => void) {
  const isAsked = useSignal(false);
  /** Whether there is one; else it is asked for. */
  const has = (): boolean => {
    isAsked.value = token.peek() === '';
    return !isAsked.value;
  };
  /** Asks for another one where that was the reason. */
  const refused = (cause: unknown): void => {
    if (cause instanceof ApiError && (cause.status === 401 || cause.status === 403)) isAsked.value = true;
  };
  const given = async (text: string): Promise<void> => {
    try {
      await takeToken(text);
    } catch (cause) {
      fail(cause);
      return;
    }
    isAsked.value = false;
    await goOn();
  };
  return { isAsked, has, refused, given };
}
