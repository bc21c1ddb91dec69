import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { datetimeOf } from '../api.ts';
import { enter, entered } from '../ask-store.ts';
import { t } from '../i18n/text.ts';
import { timeWindow } from '../state.ts';

/** Open ends are empty in a field for a day. */
const dayOf = (end: string | undefined) => (/^\d{4}-/.test(end ?? '') ? (end as string) : '');

/** When, both days included; `asOfClock`: the window of the map until something else is said. */
export function AskWindow({ name, asOfClock }: { name: string; asOfClock: boolean }) {
  const [first, last] = String(entered.peek()[name] ?? (asOfClock && datetimeOf(timeWindow.peek())) ?? '').split('/');
  const from = useSignal(dayOf(first));
  const to = useSignal(dayOf(last));
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
