import { useSignal } from '@preact/signals';
import { t } from '../i18n/text.ts';
import { enter, entered } from '../state/question.ts';
import type { Controlled } from './ask-controlled.ts';

/** What no field is made for, as JSON; of a filter also as text. */
export function AskJson({ id, name, isNeeded, byDefault }: Controlled) {
  const isBad = useSignal(false);
  const value = entered.peek()[name];
  const written = useSignal(value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));
  return (
    <>
      <textarea
        id={id}
        rows={2}
        required={isNeeded}
        spellcheck={false}
        value={written.value}
        placeholder={byDefault === undefined ? 'JSON' : JSON.stringify(byDefault)}
        onInput={({ currentTarget }) => {
          written.value = currentTarget.value;
          const text = written.value.trim();
          isBad.value = false;
          currentTarget.setCustomValidity('');
          if (text === '') return enter(name, undefined);
          try {
            enter(name, JSON.parse(text));
          } catch {
            // A filter may also be written as text.
            if (name === 'filter') return enter(name, text);
            enter(name, undefined);
            isBad.value = true;
            currentTarget.setCustomValidity(t('ask.notJson'));
          }
        }}
      />
      {isBad.value && <span class="ask-bad">{t('ask.notJson')}</span>}
    </>
  );
}
