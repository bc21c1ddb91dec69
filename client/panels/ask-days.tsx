import { t } from '../i18n/text.ts';
import { enter, entered } from '../state/question.ts';
import type { Controlled } from './ask-controlled.ts';

const dayOf = (value: unknown) => (typeof value === 'string' ? value.slice(0, 10) : '');

/** One day. */
export function AskDay({ id, name, isNeeded }: Controlled) {
  return (
    <input
      id={id}
      type="date"
      required={isNeeded}
      value={dayOf(entered.value[name])}
      onChange={({ currentTarget }) => enter(name, currentTarget.value || undefined)}
    />
  );
}

/** Two days: both or none. */
export function AskTwoDays({ name }: Controlled) {
  const value = entered.value[name];
  const days = Array.isArray(value) ? value.map(dayOf) : [];
  const put = (at: number, day: string) => {
    const next = [days[0] ?? '', days[1] ?? ''].map((each, place) => (place === at ? day : each));
    enter(name, next.every((each) => each === '') ? undefined : next);
  };
  return (
    <div class="form-grid">
      {[0, 1].map((at) => (
        <input
          key={at}
          type="date"
          aria-label={t(at === 0 ? 'ask.earlierDay' : 'ask.laterDay')}
          required={days.some((each) => each !== '')}
          value={days[at] ?? ''}
          onChange={({ currentTarget }) => put(at, currentTarget.value)}
        />
      ))}
    </div>
  );
}
