import type { FunctionComponent } from 'preact';
import { t } from '../i18n/text.ts';
import { enter, entered } from '../state/question.ts';
import type { ValueControl } from './ask-controlled.ts';

interface SeveralProps {
  readonly name: string;
  readonly title: string;
  readonly fewest: number;
  readonly most: number;
  readonly Control: FunctionComponent<ValueControl>;
}

/** Several places or lines, one below the other; those that say nothing yet are not asked for. */
export function AskSeveral({ name, title, fewest, most, Control }: SeveralProps) {
  const value = entered.value[name];
  const said: readonly unknown[] = Array.isArray(value) ? value : [];
  const all = Array.from({ length: Math.max(fewest, said.length) }, (_, at) => said[at] ?? null);
  const write = (next: readonly unknown[]) => enter(name, next.length === 0 ? undefined : next);
  return (
    <>
      {all.map((each, at) => (
        <fieldset key={at} class="ask-one" aria-label={t('ask.numbered', { title, number: at + 1 })}>
          <div>
            <Control
              title={t('ask.numbered', { title, number: at + 1 })}
              isNeeded={at < fewest}
              value={each ?? undefined}
              put={(next) => write(all.map((other, place) => (place === at ? (next ?? null) : other)))}
            />
          </div>
          {all.length > fewest && (
            <button
              type="button"
              class="icon-button"
              aria-label={t('ask.leaveOut', { name: t('ask.numbered', { title, number: at + 1 }) })}
              onClick={() => write(all.filter((_, place) => place !== at))}
            >
              ×
            </button>
          )}
        </fieldset>
      ))}
      {all.length < most && (
        <button type="button" class="link-button" onClick={() => write([...all, null])}>
          {t(all.length === 0 ? 'ask.addFirst' : 'ask.oneMore')}
        </button>
      )}
    </>
  );
}
