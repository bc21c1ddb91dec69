import { useSignal } from '@preact/signals';
import { getVersions, type LayerVersion, type RestoringProgress, restoreVersion } from '../api/versions.ts';
import { ApiError } from '../api.ts';
import { count, t } from '../i18n/text.ts';
import { renewMap } from '../map/start.ts';
import { forgetToken, takeToken, token } from '../token.ts';
import { LayerVersionRow } from './layer-version-row.tsx';
import { RestoreQuestion } from './restore-question.tsx';
import { Restoring } from './restoring.tsx';
import { useFetched } from './use-fetched.ts';

/** Versions that are listed at first. */
const FIRST = 4;

/** What a layer held, and the way back to it. `generation`: the one in service, as far as the page knows. */
export function LayerVersions({ layer, generation }: { layer: string; generation: number }) {
  const isOpen = useSignal(false);
  return (
    <details
      class="versions"
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>{t('versions.title')}</summary>
      {isOpen.value && <VersionList layer={layer} generation={generation} />}
    </details>
  );
}

interface Restored {
  readonly generation: number;
  /** The one that was in service before: restoring it undoes this. */
  readonly before: number;
}

function VersionList({ layer, generation }: { layer: string; generation: number }) {
  const round = useSignal(0);
  const shown = useSignal(FIRST);
  const asked = useSignal<number | null>(null);
  const isWorking = useSignal(false);
  const progress = useSignal<RestoringProgress | null>(null);
  const problem = useSignal<string | null>(null);
  const restored = useSignal<Restored | null>(null);
  const answer = useFetched((signal) => getVersions(layer, signal), `${layer}/${generation}/${round.value}`);
  if (answer.state === 'loading') return <p class="quiet">{t('records.loading')}</p>;
  if (answer.state === 'failed') {
    return (
      <p role="alert">
        {t('versions.failed')}{' '}
        <button type="button" class="button" onClick={answer.retry}>
          {t('app.retry')}
        </button>
      </p>
    );
  }
  const versions = answer.value;
  const served = versions.find(({ isServed }) => isServed);
  const fail = (cause: unknown) => {
    const isUnknown = cause instanceof ApiError && cause.status === 401;
    if (isUnknown) forgetToken();
    const detail = cause instanceof ApiError && cause.status > 0 ? cause.message : t('panel.missing');
    problem.value = isUnknown ? t('token.wrong') : t('versions.notRestored', { detail });
  };
  const restore = async (wanted: number) => {
    problem.value = null;
    isWorking.value = true;
    progress.value = null;
    try {
      await restoreVersion(token.value, layer, wanted, (next) => {
        progress.value = next;
      });
      restored.value = served ? { generation: wanted, before: served.generation } : null;
      asked.value = null;
      await renewMap();
      round.value += 1;
    } catch (cause) {
      fail(cause);
    }
    isWorking.value = false;
  };
  const enter = async (text: string) => {
    problem.value = null;
    await takeToken(text).catch(fail);
  };
  const done = restored.value;
  return (
    <div>
      <div role="status">
        {done && !isWorking.value && (
          <p class="versions-done">
            {t('versions.restored', { generation: done.generation })}{' '}
            {token.value !== '' && (
              <button type="button" class="link-button" onClick={() => void restore(done.before)}>
                {t('versions.undo', { generation: done.before })}
              </button>
            )}
          </p>
        )}
        {isWorking.value && <Restoring progress={progress.value} />}
      </div>
      {problem.value !== null && (
        <p class="versions-problem" role="alert">
          {problem.value}
        </p>
      )}
      <ol>
        {versions.slice(0, shown.value).map((version, at) => (
          <li key={version.generation}>
            <LayerVersionRow layer={layer} version={version} before={versions[at + 1] ?? null} />
            {canRestore(version) && asked.value !== version.generation && (
              <button
                type="button"
                class="button"
                disabled={isWorking.value}
                aria-label={`${t('versions.restore')}: ${t('versions.number', { generation: version.generation })}`}
                onClick={() => {
                  asked.value = version.generation;
                }}
              >
                {t('versions.restore')}
              </button>
            )}
            {asked.value === version.generation && (
              <RestoreQuestion
                generation={version.generation}
                isWorking={isWorking.value}
                enter={enter}
                restore={() => void restore(version.generation)}
                leave={() => {
                  asked.value = null;
                }}
              />
            )}
          </li>
        ))}
      </ol>
      {versions.length > shown.value && (
        <button
          type="button"
          class="link-button"
          onClick={() => {
            shown.value = versions.length;
          }}
        >
          {t('versions.more', { count: count(versions.length - shown.value) })}
        </button>
      )}
    </div>
  );
}

const canRestore = ({ isServed, isKept }: LayerVersion) => !isServed && isKept;
