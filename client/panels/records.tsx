import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n/text.ts';
import { sought } from '../state/search.ts';
import { answerPicks, closeSpot, countings, focused, type Pick, picks, spot } from '../state.ts';
import { AnswerCard } from './answer-card.tsx';
import { FetchedRecord } from './fetched-record.tsx';
import { giveFocusBack } from './give-focus-back.ts';
import { HexagonCard } from './hexagon.tsx';
import { SpotPosition } from './spot-position.tsx';

/** Cards that are fetched at a time. */
const PAGE = 10;

const keyOf = (pick: Pick) => (pick.type === 'record' ? `${pick.layer}/${pick.id}` : `${pick.layer}/${pick.cell}`);

/** Everything that is recorded at the spot that was clicked, in the order of the layers. */
export function RecordPanel() {
  const shown = useSignal(PAGE);
  const heading = useRef<HTMLHeadingElement>(null);
  const at = spot.value;
  useEffect(() => {
    const opener = document.activeElement;
    return () => giveFocusBack(opener);
  }, []);
  useEffect(() => {
    shown.value = PAGE;
    focused.value = null;
    heading.current?.focus();
  }, [at]);
  useEffect(
    () => () => {
      if (spot.peek() === null) sought.value = null;
    },
    [],
  );
  const all = picks.value;
  const isUncounted = [...countings.value.values()].some(({ by }) => by === 'nobody');
  const found = (all?.length ?? 0) + answerPicks.value.length;
  const rest = all ? all.length - shown.value : 0;
  return (
    <aside class="panel records" aria-label={t('records.title')}>
      <div class="panel-head">
        <h2 tabIndex={-1} ref={heading}>
          {t('records.title')}
          {all && found > 0 && <span class="records-count">{found}</span>}
        </h2>
        <button type="button" class="icon-button" aria-label={t('records.close')} onClick={closeSpot}>
          ×
        </button>
      </div>
      {at && <SpotPosition lon={at.lon} lat={at.lat} />}
      {all === null && <p class="quiet">{t('records.loading')}</p>}
      {answerPicks.value.length > 0 && (
        <ol class="cards" aria-label={t('ask.found')}>
          {answerPicks.value.map((pick) => (
            <li key={`${pick.part}/${pick.index}`}>
              <AnswerCard pick={pick} />
            </li>
          ))}
        </ol>
      )}
      {all?.length === 0 && answerPicks.value.length === 0 && (
        <p class="quiet">{t(isUncounted ? 'records.uncounted' : 'records.none')}</p>
      )}
      <ol class="cards">
        {all?.slice(0, shown.value).map((pick) => (
          <li
            key={keyOf(pick)}
            onMouseEnter={() => {
              focused.value = pick;
            }}
            onMouseLeave={() => {
              focused.value = null;
            }}
            onFocusCapture={() => {
              focused.value = pick;
            }}
          >
            {pick.type === 'record' ? <FetchedRecord layer={pick.layer} id={pick.id} /> : <HexagonCard pick={pick} />}
          </li>
        ))}
      </ol>
      {rest > 0 && (
        <button
          type="button"
          class="button more"
          onClick={() => {
            shown.value += PAGE;
          }}
        >
          {t('records.more', { count: Math.min(PAGE, rest) })}
        </button>
      )}
    </aside>
  );
}
