import { datetimeOf } from '../api.ts';
import { EVER } from '../ask/resolve-inputs.ts';
import { t } from '../i18n/text.ts';
import { enter, entered } from '../state/question.ts';
import { timeWindow } from '../state.ts';

/** Open ends are empty in a field for a day. */
const dayOf = (end: string | undefined) => (/^\d{4}-/.test(end ?? '') ? (end as string).slice(0, 10) : '');

/** When, both days included; `asOfClock`: the window of the map until something else is said. */
export function AskWindow({ name, asOfClock }: { name: string; asOfClock: boolean }) {
  const said = entered.value[name];
  const ofClock = asOfClock ? datetimeOf(timeWindow.value) : null;
  const [first, last] = String(said ?? ofClock ?? '').split('/');
  const [from, to] = [dayOf(first), dayOf(last)];
  const put = (nextFrom: string, nextTo: string) => {
    const next = datetimeOf({ from: nextFrom || null, to: nextTo || null });
    enter(name, next ?? (asOfClock ? EVER : undefined));
  };
  const day = (label: string, value: string, change: (day: string) => void) => (
    <input type="date" aria-label={label} value={value} onChange={({ currentTarget }) => change(currentTarget.value)} />
  );
  return (
    <>
      <div class="form-grid">
        {day(t('ask.from'), from, (next) => put(next, to))}
        {day(t('ask.to'), to, (next) => put(from, next))}
      </div>
      {asOfClock &&
        (said === undefined ? (
          <span class="quiet ask-help">{t('ask.asClock')}</span>
        ) : (
          <span class="ask-help">
            {said === EVER && <span class="quiet">{t('ask.ever')} </span>}
            <button type="button" class="link-button" onClick={() => enter(name, undefined)}>
              {t('ask.toClock')}
            </button>
          </span>
        ))}
    </>
  );
}
