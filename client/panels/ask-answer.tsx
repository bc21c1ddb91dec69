import { useEffect, useRef } from 'preact/hooks';
import type { ProcessResult } from '../api/processes.ts';
import { paragraphOf } from '../ask/paragraph-of.ts';
import { t } from '../i18n/text.ts';
import { language } from '../state.ts';
import { AskKeep } from './ask-keep.tsx';
import { AskNumbers } from './ask-numbers.tsx';
import { AskParts } from './ask-parts.tsx';
import { AskReceipt } from './ask-receipt.tsx';
import { fetchedPart } from './fetched-part.tsx';
import { WatchThis } from './watch-this.tsx';

/** With what draws them: fetched with the first answer. */
const Charts = fetchedPart(
  () => import('./ask-charts.tsx').then(({ AskCharts }) => AskCharts),
  ({ retry }) => (
    <div class="panel-part">
      <p>{t('ask.noCharts')}</p>
      <button type="button" class="button" onClick={retry}>
        {t('app.retry')}
      </button>
    </div>
  ),
);

/** What was found: in words, what must be known with it, in charts, on the map, in numbers, and how to ask it again. */
export function AskAnswer({ answer }: { answer: ProcessResult }) {
  const place = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'start' });
    // The button that asked lies above what is shown now: whoever is still on it goes along.
    const hasAsked = document.activeElement === document.body || document.activeElement?.closest('.ask');
    if (hasAsked) heading.current?.focus({ preventScroll: true });
  }, [answer]);
  const lang = language.value;
  const name = `${answer.process}-${answer.receipt.hash.slice(0, 8)}`;
  return (
    <section class="ask-answer" aria-label={t('ask.answer')} ref={place}>
      <div class="panel-part" role="status">
        <h3 tabIndex={-1} ref={heading}>
          {t('ask.answer')}
        </h3>
        <p class="ask-words">{paragraphOf(answer, lang)}</p>
      </div>
      {answer.caveats.length > 0 && (
        <div class="panel-part ask-caveats">
          <h3>{t('ask.caveats')}</h3>
          <ul>
            {answer.caveats.map(({ code, text }) => (
              <li key={`${code}/${text.en}`}>{text[lang]}</li>
            ))}
          </ul>
        </div>
      )}
      <Charts answer={answer} name={name} />
      <AskParts features={answer.features} />
      <AskNumbers numbers={answer.numbers} units={answer.units} name={name} />
      <AskKeep answer={answer} />
      <WatchThis answer={answer} />
      <AskReceipt answer={answer} name={name} />
    </section>
  );
}
