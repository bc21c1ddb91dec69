import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { copyText } from '../copy-text.ts';
import { t } from '../i18n/text.ts';

const SHOWN_MS = 2_000;

/** A text that is copied by a click; where that is forbidden it is said, with the text to be copied by hand. */
export function CopyButton({
  text,
  title,
  class: name = '',
  children,
}: {
  text: string;
  title?: string;
  class?: string;
  children?: ComponentChildren;
}) {
  const said = useSignal('');
  const copy = async () => {
    said.value = t((await copyText(text)) ? 'position.copied' : 'position.select', { text });
    setTimeout(() => {
      said.value = '';
    }, SHOWN_MS);
  };
  // Said as it is written, so that who speaks to the page can say it.
  const label = title ?? t('position.copy', { text: typeof children === 'string' ? children : text });
  return (
    <span class="copy">
      <button type="button" class={`copy-button ${name}`} aria-label={label} title={label} onClick={() => void copy()}>
        {children ?? text}
      </button>
      <span class={said.value === '' ? 'visually-hidden' : 'copy-said'} role="status">
        {said.value}
      </span>
    </span>
  );
}
