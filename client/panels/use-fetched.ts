import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

export type Fetched<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly retry: () => void }
  | { readonly state: 'ready'; readonly value: T };

/** Asks when the component appears and whenever `key` changes; what is under way is given up when it leaves. */
export function useFetched<T>(ask: (signal: AbortSignal) => Promise<T>, key: string): Fetched<T> {
  const answer = useSignal<{ key: string; value?: T; isFailed: boolean } | null>(null);
  const attempt = useSignal(0);
  useEffect(() => {
    const controller = new AbortController();
    answer.value = null;
    ask(controller.signal).then(
      (value) => {
        if (!controller.signal.aborted) answer.value = { key, value, isFailed: false };
      },
      () => {
        if (!controller.signal.aborted) answer.value = { key, isFailed: true };
      },
    );
    return () => controller.abort();
  }, [key, attempt.value]);
  const current = answer.value;
  if (!current || current.key !== key) return { state: 'loading' };
  if (current.isFailed) {
    return {
      state: 'failed',
      retry: () => {
        attempt.value += 1;
      },
    };
  }
  return { state: 'ready', value: current.value as T };
}
