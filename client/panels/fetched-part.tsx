import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * A part of the page whose script is fetched when it is first shown: most readers open none of them. `Missing` is shown
 * when it could not be fetched.
 */
export function fetchedPart<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
  Missing: FunctionComponent<{ retry: () => void }>,
): FunctionComponent<Props> {
  const part = signal<FunctionComponent<Props> | null>(null);
  const isMissing = signal(false);
  const begin = () => {
    isMissing.value = false;
    load().then(
      (loaded) => {
        part.value = loaded;
      },
      () => {
        isMissing.value = true;
      },
    );
  };
  return function FetchedPart(props: Props) {
    useEffect(() => {
      if (!part.value) begin();
    }, []);
    const Part = part.value;
    if (Part) return <Part {...props} />;
    return isMissing.value ? <Missing retry={begin} /> : null;
  };
}
