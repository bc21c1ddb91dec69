import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { t } from '../i18n/text.ts';

const SHOWN_MS = 2_000;

/** A text to be pasted elsewhere, with a button that copies it; where the browser forbids that, it is selected. */
export function CopyText({ text }: { text: string }) {
  const code = useRef<HTMLElement>(null);
  const said = useSignal<'connect.copy' | 'connect.copied' | 'connect.select'>('connect.copy');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = 'connect.copied';
    } catch {
      if (code.current) getSelection()?.selectAllChildren(code.current);
      said.value = 'connect.select';
    }
    setTimeout(() => {
      said.value = 'connect.copy';
    }, SHOWN_MS);
  };
  return (
    <div class="copy-text">
      {/* It scrolls sideways: the keyboard must reach it. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is for the keyboard too. */}
      <pre tabIndex={0}>
        <code ref={code}>{text}</code>
      </pre>
      <button type="button" class="button" aria-label={t('connect.copyThis', { text })} onClick={() => void copy()}>
        {t(said.value)}
      </button>
      <span class="visually-hidden" role="status">
        {said.value === 'connect.copy' ? '' : t(said.value)}
      </span>
    </div>
  );
}
