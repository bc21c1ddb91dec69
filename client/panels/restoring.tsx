import type { RestoringProgress } from '../api/versions.ts';
import { t } from '../i18n/text.ts';

/** How far the server is with a version that it publishes again. `progress`: null before the first step is over. */
export function Restoring({ progress }: { progress: RestoringProgress | null }) {
  const label = t('versions.working');
  const isCounted = progress?.step.endsWith(' tiles') ?? false;
  const { done, total } = progress ?? { done: 0, total: 0 };
  return (
    <div class="versions-progress">
      <p>{label}</p>
      {isCounted ? <progress aria-label={label} max={total} value={done} /> : <progress aria-label={label} />}
      <p class="quiet">
        {isCounted ? t('versions.drawing', { done, total }) : t(progress ? 'versions.preparing' : 'versions.copying')}
      </p>
    </div>
  );
}
