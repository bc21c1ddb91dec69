import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { parseEntry } from '../clock/entry.ts';
import { t } from '../i18n/text.ts';
import { clockMode, setSpan } from '../state/clock.ts';
import { isPlaying, pause } from '../state/play.ts';
import { timeWindow } from '../state.ts';
import { windowEntry, windowText } from './clock-words.ts';

/** What is shown, in words; a click turns it into a line to write dates in. */
export function ClockText() {
  const isWriting = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const hasWritten = useRef(false);
  // At once: whoever goes on typing must not have lost the place.
  useLayoutEffect(() => {
    if (hasWritten.current && !isWriting.value) button.current?.focus();
    hasWritten.current = isWriting.value;
  }, [isWriting.value]);
  if (isWriting.value) {
    return (
      <Entry
        close={() => {
          isWriting.value = false;
        }}
      />
    );
  }
  return (
    <p class="clock-text" aria-live={isPlaying.value ? 'off' : 'polite'}>
      <button
        type="button"
        ref={button}
        title={t('clock.write')}
        onClick={() => {
          pause();
          isWriting.value = true;
        }}
      >
        {windowText(timeWindow.value, clockMode.value)}
      </button>
    </p>
  );
}

function Entry({ close }: { close: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const isWrong = useSignal(false);
  useEffect(() => input.current?.select(), []);
  const enter = (event: Event) => {
    event.preventDefault();
    const window = parseEntry(input.current?.value ?? '');
    if (!window) {
      isWrong.value = true;
      input.current?.focus();
      return;
    }
    setSpan(window);
    close();
  };
  return (
    <form
      class="clock-entry"
      noValidate
      onSubmit={enter}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <input
        ref={input}
        type="text"
        autoComplete="off"
        spellcheck={false}
        aria-label={t('clock.entry')}
        aria-invalid={isWrong.value}
        aria-describedby={isWrong.value ? 'clock-fault' : undefined}
        defaultValue={windowEntry(timeWindow.peek())}
        onInput={() => {
          isWrong.value = false;
        }}
      />
      <button type="submit" class="button">
        {t('clock.set')}
      </button>
      {isWrong.value && (
        <p class="clock-fault" id="clock-fault" role="alert">
          {t('clock.entryFault')}
        </p>
      )}
    </form>
  );
}
