import { useSignal } from '@preact/signals';
import { getVersions, type LayerVersion } from '../api/versions.ts';
import { count, t } from '../i18n/text.ts';
import { token } from '../token.ts';
import { LayerVersionRow } from './layer-version-row.tsx';
import { RestoreQuestion } from './restore-question.tsx';
import { Restoring } from './restoring.tsx';
import { useFetched } from './use-fetched.ts';
import { useRestoring } from './use-restoring.ts';

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

function VersionList({ layer, generation }: { layer: string; generation: number }) {
  const round = useSignal(0);
  const shown = useSignal(FIRST);
  const asked = useSignal<number | null>(null);
  const { isWorking, progress, problem, restored, restore, enter } = useRestoring(layer, () => {
    asked.value = null;
    round.value += 1;
  });
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
  // Not where another version has come since, as by undo. The newest is in service, whatever a worker that is behind says.
  const done = restored?.made === versions[0]?.generation ? restored : null;
  return (
    <div>
      <div role="status">
        {done && !isWorking && (
          <p class="versions-done">
            {t('versions.restored', { generation: done.generation })}{' '}
            {token.value !== '' && (
              <button type="button" class="link-button" onClick={() => void restore(done.before, done.made)}>
                {t('versions.undo', { generation: done.before })}
              </button>
            )}
          </p>
        )}
        {isWorking && <Restoring progress={progress} />}
      </div>
      {problem !== null && (
        <p class="versions-problem" role="alert">
          {problem}
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
                disabled={isWorking}
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
                isWorking={isWorking}
                enter={enter}
                restore={() => void restore(version.generation, served?.generation ?? null)}
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
