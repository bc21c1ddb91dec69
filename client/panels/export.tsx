import '../css/export.css';
import '../css/forms.css';
import '../i18n/export-texts.ts';
import { useSignal } from '@preact/signals';
import { fetchFile } from '../api/fetch-file.ts';
import { type Problem, problemOf } from '../api/problem-of.ts';
import { storeView } from '../api/views.ts';
import { saveBlob } from '../charts/save-file.ts';
import { local, t } from '../i18n/text.ts';
import { closeExport, language, settings } from '../state.ts';
import { ExportClock } from './export-clock.tsx';
import { ExportData } from './export-data.tsx';
import { exportName } from './export-name.ts';
import { savePicture } from './export-picture.ts';
import { ProblemWords } from './problem-words.tsx';
import { takenView } from './taken-view.ts';
import { usePanelFocus } from './use-panel-focus.ts';

const PAPERS = ['a4', 'a3'] as const;
const ORIENTATIONS = ['landscape', 'portrait'] as const;

/** What can be taken along of what the map shows: a picture, a page for paper, the clock's chart, the data. */
export function ExportPanel() {
  const heading = usePanelFocus();
  const title = useSignal('');
  const note = useSignal('');
  const mapTitle = settings.value ? local(settings.value.title) : '';
  return (
    <aside class="panel export" aria-label={t('export.title')}>
      <div class="panel-head">
        <h2 tabIndex={-1} ref={heading}>
          {t('export.title')}
        </h2>
        <button type="button" class="icon-button" aria-label={t('panel.close')} onClick={closeExport}>
          ×
        </button>
      </div>
      <div class="panel-part">
        <label class="form-field">
          {t('export.titleOf')}
          <input
            type="text"
            maxLength={200}
            placeholder={mapTitle}
            value={title.value}
            onInput={({ currentTarget }) => {
              title.value = currentTarget.value;
            }}
          />
        </label>
        <label class="form-field export-note-field">
          {t('export.noteOf')}
          <textarea
            rows={2}
            maxLength={4000}
            value={note.value}
            onInput={({ currentTarget }) => {
              note.value = currentTarget.value;
            }}
          />
        </label>
      </div>
      <ExportPicture title={title.value.trim() || mapTitle} note={note.value} />
      <ExportPaper title={title.value.trim()} note={note.value.trim()} />
      <ExportClock />
      <ExportData />
    </aside>
  );
}

function ExportPicture({ title, note }: { title: string; note: string }) {
  const isDrawing = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  const save = async () => {
    isDrawing.value = true;
    problem.value = null;
    try {
      await savePicture(exportName(), title, note);
    } catch (cause) {
      problem.value = problemOf(cause);
    }
    isDrawing.value = false;
  };
  return (
    <section class="panel-part">
      <h3>{t('export.picture')}</h3>
      <p class="quiet">{t('export.pictureAbout')}</p>
      <button type="button" class="button is-main" disabled={isDrawing.value} onClick={() => void save()}>
        {t(isDrawing.value ? 'export.drawing' : 'export.png')}
      </button>
      {problem.value && <Failed problem={problem.value} />}
    </section>
  );
}

function ExportPaper({ title, note }: { title: string; note: string }) {
  const paper = useSignal<(typeof PAPERS)[number]>('a4');
  const orientation = useSignal<(typeof ORIENTATIONS)[number]>('landscape');
  const isMaking = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  /** Both ways begin with the view as it is now, stored: its receipt stands on the page. */
  const withView = async (make: (id: string, wish: URLSearchParams) => Promise<void>) => {
    isMaking.value = true;
    problem.value = null;
    try {
      const { id } = await storeView(takenView());
      const wish = {
        paper: paper.value,
        orientation: orientation.value,
        lang: language.value,
        ...(title && { title }),
      };
      await make(id, new URLSearchParams(wish));
    } catch (cause) {
      problem.value = problemOf(cause);
    }
    isMaking.value = false;
  };
  const save = () =>
    withView(async (id, wish) => {
      if (note) wish.set('note', note);
      saveBlob(`${exportName()}.pdf`, await fetchFile(`views/${id}.pdf?${wish}`));
    });
  const print = () => {
    // Opened at the press: a window that opens later is held back.
    const opened = window.open('', '_blank');
    return withView(async (id, wish) => {
      if (note) wish.set('note', note);
      const address = new URL(`print.html#view=${id}&${wish}`, document.baseURI).href;
      if (opened) opened.location.replace(address);
      else location.assign(address);
    }).finally(() => {
      if (problem.value) opened?.close();
    });
  };
  return (
    <section class="panel-part">
      <h3>{t('export.paper')}</h3>
      <p class="quiet">{t('export.paperAbout')}</p>
      <div class="form-grid">
        <label class="form-field">
          {t('export.size')}
          <select
            value={paper.value}
            onChange={({ currentTarget }) => {
              paper.value = currentTarget.value as (typeof PAPERS)[number];
            }}
          >
            {PAPERS.map((each) => (
              <option key={each} value={each}>
                {each.toUpperCase()}
              </option>
            ))}
          </select>
        </label>
        <label class="form-field">
          {t('export.orientation')}
          <select
            value={orientation.value}
            onChange={({ currentTarget }) => {
              orientation.value = currentTarget.value as (typeof ORIENTATIONS)[number];
            }}
          >
            {ORIENTATIONS.map((each) => (
              <option key={each} value={each}>
                {t(`export.${each}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div class="panel-buttons">
        <button type="button" class="button is-main" disabled={isMaking.value} onClick={() => void save()}>
          {t('export.pdf')}
        </button>
        <button
          type="button"
          class="button"
          disabled={isMaking.value}
          title={t('export.printAbout')}
          onClick={() => void print()}
        >
          {t('export.print')}
        </button>
      </div>
      <p class="quiet" role="status">
        {isMaking.value ? t('export.making') : ''}
      </p>
      {problem.value && <Failed problem={problem.value} />}
    </section>
  );
}

function Failed({ problem }: { problem: Problem }) {
  return (
    <p class="panel-problem" role="alert">
      <ProblemWords problem={problem} frame="export.failed" />
    </p>
  );
}
