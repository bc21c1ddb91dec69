import { asOf } from '../api/known-at.ts';
import type { Problem } from '../api/problem-of.ts';
import type { LayerFacts } from '../export/facts.ts';
import { dayText, instantText } from '../i18n/dates.ts';
import { t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { sharedView } from '../state/shared-view.ts';
import { failedSources, inView } from '../state.ts';
import { changesText } from './changes-text.ts';
import { Legend } from './legend.tsx';
import { MomentButtons } from './moment-buttons.tsx';
import { ProblemWords } from './problem-words.tsx';
import { shownFacts } from './shown-facts.ts';

/** What must be said beside a map that is presented: its dates, its legend, how far it may be trusted, from whom it is. */
export function PresentFacts({ handling, problem }: { handling: 'public' | 'internal'; problem: Problem | null }) {
  const { window, layers, caveats, disclaimer } = shownFacts(handling === 'internal');
  const drawn = layers.filter(isToBeNamed);
  return (
    <>
      {(problem || failedSources.value.size > 0) && (
        <p class="panel-problem" role="alert">
          {problem ? <ProblemWords problem={problem} /> : t('panel.missing')}
        </p>
      )}
      <div class="present-clock">
        <p>
          <span class="visually-hidden">{t('present.dates')}: </span>
          <strong>{window}</strong>
        </p>
        <Moment />
      </div>
      <section class="present-legend" aria-label={t('present.legend')}>
        {drawn.map(({ id, title, nature, isModelled, counted, legend, filter }) => (
          <div key={id} class="present-layer">
            <h3>
              {title}
              {nature && <span class={`tag${isModelled ? ' is-modelled' : ''}`}>{nature}</span>}
            </h3>
            <Legend entries={legend} label={t('layers.legend', { layer: title })} />
            {counted && <p class="quiet">{counted}</p>}
            {filter && <p class="quiet">{t('present.filter', { filter })}</p>}
          </div>
        ))}
      </section>
      <div class="present-small">
        <p>
          <strong>{t('present.caveats')}</strong>
        </p>
        <ul>
          {caveats.map((caveat) => (
            <li key={caveat}>{caveat}</li>
          ))}
        </ul>
        <p>
          <strong>{t('present.sources')}</strong>
        </p>
        <ul>
          {layers.map(({ id, title, works, terms }) => (
            <li key={id}>
              {title}: {works.join(', ')}; {terms}
            </li>
          ))}
        </ul>
        <p>{disclaimer}</p>
      </div>
    </>
  );
}

/** What is not in view needs no legend. */
function isToBeNamed({ id, counted, legend, filter, isScenery }: LayerFacts): boolean {
  if (filter !== null) return true;
  if (isScenery) return false;
  return inView.value.get(id)?.count !== 0 && (counted !== null || legend.length > 1);
}

/** As of when the map is. */
function Moment() {
  const since = offlineSince();
  if (since !== null) return <p class="quiet">{t('present.copyDate', { date: dayText(since) })}</p>;
  const [moment, shared] = [asOf.value, sharedView.value];
  if (moment === null && shared === null) return null;
  return (
    <p class="quiet">
      {moment === null ? t('past.now') : t('past.title', { date: instantText(moment) })}{' '}
      {shared && t('past.since', { changes: changesText(shared.changed) })} {shared && !shared.isKept && t('past.lost')}{' '}
      <MomentButtons name="link-button" />
    </p>
  );
}
