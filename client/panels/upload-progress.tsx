import { bytesText, secondsText } from '../i18n/sizes.ts';
import { count, t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';

interface Bar {
  readonly label: string;
  readonly done: number;
  /** Null: nobody knows how much there is. */
  readonly total: number | null;
  readonly text: string;
}

export function ProgressBar({ label, done, total, text }: Bar) {
  return (
    <div class="upload-progress">
      <p>{label}</p>
      {total ? (
        <progress aria-label={label} max={total} value={Math.min(done, total)} />
      ) : (
        <progress aria-label={label} />
      )}
      <p class="quiet">{text}</p>
    </div>
  );
}

/** What the server is doing with the upload, and how far it is. */
export function UploadProgressPart() {
  const upload = store.upload.value;
  if (!upload || !store.isAtWork.value) return null;
  const { stage, done, total, features, secondsLeft } = upload.progress ?? {};
  const step = stage ?? (upload.state as 'receiving' | 'reading' | 'checking' | 'publishing');
  const isBytes = step === 'receiving' || step === 'reading';
  const isKnown = typeof done === 'number' && typeof total === 'number' && total > 0;
  const parts = [
    isKnown && isBytes ? t('upload.progress.of', { done: bytesText(done), total: bytesText(total) }) : null,
    features ? t('upload.progress.features', { count: count(features) }) : null,
    secondsLeft ? t('upload.progress.left', { time: secondsText(secondsLeft) }) : null,
  ];
  return (
    <section class="panel-part" aria-live="polite">
      <ProgressBar
        label={t(`upload.progress.${step}`)}
        done={done ?? 0}
        total={isKnown ? total : null}
        text={parts.filter(Boolean).join(' · ')}
      />
    </section>
  );
}
