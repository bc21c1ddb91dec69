import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { datetimeOf } from '../api.ts';
import { enter } from '../ask-store.ts';
import { t } from '../i18n/text.ts';
import { timeWindow } from '../state.ts';

/** When: the window of the map's clock until something else is said. Both days are included. */
export function AskWindow({ name }: { name: string }) {
  const from = useSignal(timeWindow.peek().from ?? '');
  const to = useSignal(timeWindow.peek().to ?? '');
  useEffect(() => {
    enter(name, datetimeOf({ from: from.value || null, to: to.value || null }) ?? undefined);
  }, [from.value, to.value]);
  const day = (label: string, value: typeof from) => (
    <input
      type="date"
      aria-label={label}
      value={value.value}
      onChange={({ currentTarget }) => {
        value.value = currentTarget.value;
      }}
    />
  );
  return (
    <div class="form-grid">
      {day(t('ask.from'), from)}
      {day(t('ask.to'), to)}
    </div>
  );
}
