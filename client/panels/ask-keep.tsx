import '../i18n/connect-texts.ts';
import { useSignal } from '@preact/signals';
import { problemOf } from '../api/problem-of.ts';
import { execute, type KeptLayer, type ProcessResult } from '../api/processes.ts';
import { dayText } from '../i18n/dates.ts';
import { local, t } from '../i18n/text.ts';
import { renewMap } from '../map/start.ts';
import { CopyText } from './copy-text.tsx';
import { DownloadLink } from './download-link.tsx';
import { ProblemWords } from './problem-words.tsx';
import { TokenForm } from './token-form.tsx';
import { useTokenAsked } from './use-token-asked.ts';

const HANDLINGS = ['internal', 'public', 'restricted'] as const;

/** Makes a layer of each part of an answer, for a while: it takes the token of the server. */
export function AskKeep({ answer }: { answer: ProcessResult }) {
  const days = useSignal(7);
  const handling = useSignal<(typeof HANDLINGS)[number]>('internal');
  const isKeeping = useSignal(false);
  const problem = useSignal<unknown>(null);
  const kept = useSignal<readonly KeptLayer[]>(answer.kept ?? []);
  if (Object.values(answer.features).every(({ features }) => features.length === 0)) return null;
  const keep = async () => {
    if (!asked.has()) return;
    isKeeping.value = true;
    problem.value = null;
    try {
      // The versions that the receipt names make it the answer that is on the page.
      const inputs = { ...answer.receipt.inputs, keep: true, keep_days: days.value, keep_handling: handling.value };
      const found = await execute(answer.process, inputs, new AbortController().signal);
      kept.value = found.kept ?? [];
      void renewMap();
    } catch (cause) {
      asked.refused(cause);
      problem.value = cause;
    }
    isKeeping.value = false;
  };
  const asked = useTokenAsked(keep, (cause) => {
    problem.value = cause;
  });
  return (
    <details class="panel-part ask-keep" {...(kept.value.length > 0 && { open: true })}>
      <summary>{t('ask.keep')}</summary>
      <p class="quiet">{t('ask.keep.about')}</p>
      {kept.value.length > 0 ? (
        kept.value.map((layer) => (
          <Kept key={layer.collection} layer={layer} answer={answer} handling={handling.value} />
        ))
      ) : (
        <>
          <div class="form-grid">
            <label class="form-field">
              {t('ask.keep.days')}
              <input
                type="number"
                min="1"
                max="365"
                value={days.value}
                onInput={({ currentTarget }) => {
                  days.value = Math.max(1, Math.min(365, Math.round(Number(currentTarget.value)) || 1));
                }}
              />
            </label>
            <label class="form-field">
              {t('ask.keep.handling')}
              <select
                value={handling.value}
                onChange={({ currentTarget }) => {
                  handling.value = currentTarget.value as (typeof HANDLINGS)[number];
                }}
              >
                {HANDLINGS.map((each) => (
                  <option key={each} value={each}>
                    {t(`ask.${each}`)}
                  </option>
                ))}
              </select>
            </label>
          </div>
          {problem.value !== null && (
            <p class="ask-problem is-field" role="alert">
              <ProblemWords problem={problemOf(problem.value)} />
            </p>
          )}
          {asked.isAsked.value ? (
            <TokenForm enter={asked.given} />
          ) : (
            <button type="button" class="button" disabled={isKeeping.value} onClick={() => void keep()}>
              {t(isKeeping.value ? 'ask.keeping' : 'ask.keepIt')}
            </button>
          )}
        </>
      )}
    </details>
  );
}

/** A layer that was made, with what other programs open it by. */
function Kept({ layer, answer, handling }: { layer: KeptLayer; answer: ProcessResult; handling: string }) {
  const { collection, items, tilejson, expires } = layer;
  const part = answer.features[collection.replace(/^kept_[0-9a-f]{8}_/, '')];
  const base = items.slice(0, items.indexOf('/collections/'));
  const open = `ogrinfo -so "OAPIF:${base}" ${collection}`;
  const line = handling === 'public' ? open : `${open} --config GDAL_HTTP_HEADERS "Authorization: Bearer $TOKEN"`;
  return (
    <section class="ask-kept">
      <h4>{part ? local(part.title) : collection}</h4>
      <p class="quiet">
        {collection} · {t('ask.keptUntil', { date: dayText(expires) })}
      </p>
      <p class="ask-links">
        {handling === 'public' ? (
          <a href={items}>{t('ask.keep.items')}</a>
        ) : (
          <DownloadLink href={`${items}?f=json`} name={`${collection}.geojson`}>
            {t('ask.keep.items')}
          </DownloadLink>
        )}{' '}
        {handling === 'public' ? (
          <a href={tilejson}>TileJSON</a>
        ) : (
          <DownloadLink href={tilejson} name={`${collection}.json`}>
            TileJSON
          </DownloadLink>
        )}{' '}
        <DownloadLink href={`${base}/collections/${collection}/export?f=gpkg`} name={`${collection}.gpkg`}>
          GeoPackage
        </DownloadLink>{' '}
        <DownloadLink href={`${base}/collections/${collection}/export?f=csv`} name={`${collection}.csv`}>
          CSV
        </DownloadLink>
      </p>
      <CopyText text={line} />
    </section>
  );
}
