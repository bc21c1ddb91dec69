import { useSignal } from '@preact/signals';
import type { Brief } from '../../server/core/brief.ts';
import { getBrief, getBriefVersions } from '../api/briefs.ts';
import { instantText } from '../i18n/dates.ts';
import { plural, t } from '../i18n/text.ts';
import { brief } from '../state/brief.ts';
import { FetchFailed } from './fetch-failed.tsx';
import { isSaving, removeBrief, restoreBrief } from './save-brief.ts';
import { showView } from './show-view.ts';
import { useFetched } from './use-fetched.ts';

/** What a brief was, the way back to it, and the way to be rid of it. */
export function BriefMore({ id, version }: { id: string; version: number }) {
  const isOpen = useSignal(false);
  const isSure = useSignal(false);
  return (
    <details
      class="panel-part brief-more"
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>{t('brief.more')}</summary>
      {isOpen.value && <Versions id={id} version={version} />}
      {isSure.value ? (
        <div role="alert">
          <p>{t('brief.deleteSure')}</p>
          <p class="panel-buttons">
            <button
              type="button"
              class="button"
              disabled={isSaving.value}
              onClick={() => brief.peek() && void removeBrief(brief.peek() as Brief)}
            >
              {t('brief.deleteYes')}
            </button>
            <button
              type="button"
              class="button"
              onClick={() => {
                isSure.value = false;
              }}
            >
              {t('brief.deleteNo')}
            </button>
          </p>
        </div>
      ) : (
        <button
          type="button"
          class="link-button brief-delete"
          onClick={() => {
            isSure.value = true;
          }}
        >
          {t('brief.delete')}
        </button>
      )}
    </details>
  );
}

function Versions({ id, version }: { id: string; version: number }) {
  const old = useSignal<Brief | null>(null);
  const isFailed = useSignal(false);
  const answer = useFetched((signal) => getBriefVersions(id, signal), `${id}/${version}`);
  if (answer.state === 'loading') return <p class="quiet">{t('records.loading')}</p>;
  if (answer.state === 'failed') return <FetchFailed retry={answer.retry} text="brief.failed" place="quiet" />;
  const lookAt = (number: number) => {
    isFailed.value = false;
    getBrief(id, number).then(
      (found) => {
        old.value = found;
      },
      () => {
        isFailed.value = true;
      },
    );
  };
  return (
    <div class="brief-versions">
      {isFailed.value && <p role="alert">{t('panel.missing')}</p>}
      <ol aria-label={t('brief.versions')}>
        {answer.value.map((each) => (
          <li key={each.version}>
            <p>
              <strong>{t('brief.version', { version: each.version })}</strong>
              {each.version === version && <span class="tag is-documented">{t('brief.current')}</span>}
            </p>
            <p class="quiet">
              {each.title} · {plural('brief.views', each.views)} · {instantText(each.updatedAt)}
            </p>
            {each.version !== version && old.value?.version !== each.version && (
              <button
                type="button"
                class="link-button"
                aria-label={t('brief.lookAtVersion', { version: each.version })}
                onClick={() => lookAt(each.version)}
              >
                {t('brief.lookAt')}
              </button>
            )}
            {old.value?.version === each.version && each.version !== version && (
              <OldVersion
                old={old.value}
                close={() => {
                  old.value = null;
                }}
              />
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** A version as it was: its views can be looked at. */
function OldVersion({ old, close }: { old: Brief; close: () => void }) {
  return (
    <div class="brief-old">
      <ol>
        {old.views.map(({ title, view, note }, index) => (
          <li key={`${index}/${title}`}>
            <button
              type="button"
              class="link-button"
              onClick={() => void showView(view, { brief: old.id, present: null }).catch(() => undefined)}
            >
              {title}
            </button>
            {note !== '' && <p class="brief-note">{note}</p>}
          </li>
        ))}
      </ol>
      <p class="panel-buttons">
        <button
          type="button"
          class="button"
          disabled={isSaving.value}
          onClick={() => void restoreBrief(old).then((isDone) => isDone && close())}
        >
          {t('brief.restore')}
        </button>
        <button type="button" class="button" onClick={close}>
          {t('brief.backToLast')}
        </button>
      </p>
    </div>
  );
}
