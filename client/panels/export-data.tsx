import { useSignal } from '@preact/signals';
import { fetchFile } from '../api/fetch-file.ts';
import { narrowing } from '../api/item-pages.ts';
import { type Problem, problemOf } from '../api/problem-of.ts';
import type { Collection } from '../api.ts';
import { shownBox } from '../ask/shown-box.ts';
import { saveBlob } from '../charts/save-file.ts';
import { local, plural, t } from '../i18n/text.ts';
import { clockMode } from '../state/clock.ts';
import { filterOf } from '../state/filters.ts';
import { collections, timeWindow, visible } from '../state.ts';
import { token } from '../token.ts';
import { windowText } from './clock-words.ts';
import { DownloadLink } from './download-link.tsx';
import { ProblemWords } from './problem-words.tsx';

const FORMATS = ['csv', 'geojson', 'gpkg'] as const;
type Format = (typeof FORMATS)[number];

/** What a layer shows now, as a file. Reads signals. */
function addressOf({ id, azalai }: Collection, format: Format, isInView: boolean): string {
  const asked = {
    filter: filterOf(id),
    window: azalai.time === null ? null : timeWindow.value,
    bbox: isInView ? (shownBox() ?? null) : null,
  };
  return `collections/${id}/export?${[`f=${format}`, ...narrowing(asked)].join('&')}`;
}

const mayLeave = ({ azalai }: Collection) => azalai.licence.redistribution;

/** What is behind the view: each layer that is on, as the map shows it, and all of them at once. */
export function ExportData() {
  const isInView = useSignal(true);
  const said = useSignal('');
  const problem = useSignal<Problem | null>(null);
  const isSaving = useSignal(false);
  const shown = collections.value.filter(({ id }) => visible.value.has(id));
  const free = shown.filter(mayLeave);
  const saveAll = async (format: Format) => {
    if (isSaving.value) return;
    isSaving.value = true;
    problem.value = null;
    try {
      // One after the other: each takes a place of the server, and browsers ask before many files at once.
      for (const [at, collection] of free.entries()) {
        said.value = t('export.saving', { at: at + 1, count: free.length });
        saveBlob(`${collection.id}.${format}`, await fetchFile(addressOf(collection, format, isInView.value)));
      }
      said.value = plural('export.saved', free.length);
    } catch (cause) {
      said.value = '';
      problem.value = problemOf(cause);
    }
    isSaving.value = false;
  };
  return (
    <section class="panel-part export-data">
      <h3>{t('export.data')}</h3>
      <p class="quiet">
        {t('export.dataAbout')} {windowText(timeWindow.value, clockMode.value)}.
      </p>
      <label class="form-check">
        <input
          type="checkbox"
          checked={isInView.value}
          onChange={({ currentTarget }) => {
            isInView.value = currentTarget.checked;
          }}
        />
        <span>{t('export.inView')}</span>
      </label>
      {shown.length === 0 && <p>{t('export.nothing')}</p>}
      <ul>
        {shown.map((collection) => (
          <ExportLayer key={collection.id} collection={collection} isInView={isInView.value} />
        ))}
      </ul>
      {free.length > 1 && (
        <div class="export-all">
          <span>{t('export.all')}</span>
          {FORMATS.map((format) => (
            <button
              key={format}
              type="button"
              class="button"
              disabled={isSaving.value}
              aria-label={t('export.allOf', { format: t(`export.${format}`) })}
              onClick={() => void saveAll(format)}
            >
              {t(`export.${format}`)}
            </button>
          ))}
        </div>
      )}
      <p role="status">{said.value}</p>
      {problem.value && (
        <p class="panel-problem" role="alert">
          <ProblemWords problem={problem.value} frame="export.failed" />
        </p>
      )}
    </section>
  );
}

function ExportLayer({ collection, isInView }: { collection: Collection; isInView: boolean }) {
  const { id, azalai } = collection;
  const isHolder = token.value !== '';
  return (
    <li>
      <span class="export-layer">
        {local(azalai.title)}
        {azalai.nature !== 'documented' && azalai.group !== 'base' && (
          <span class={`tag is-${azalai.nature}`}>{t(`nature.${azalai.nature}`)}</span>
        )}
      </span>
      {mayLeave(collection) ? (
        <span class="export-files">
          {FORMATS.map((format) => (
            <DownloadLink key={format} href={addressOf(collection, format, isInView)} name={`${id}.${format}`}>
              {t(`export.${format}`)}
            </DownloadLink>
          ))}
        </span>
      ) : (
        <span class="quiet">{t('export.closed')}</span>
      )}
      {isHolder && mayLeave(collection) && azalai.handling !== 'public' && (
        <span class="export-note">{t('export.notPublic')}</span>
      )}
    </li>
  );
}
