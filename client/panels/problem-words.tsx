import { ApiError } from '../api.ts';
import { frenchCause } from '../i18n/problem-words.ts';
import { type TextKey, t } from '../i18n/text.ts';
import { language } from '../state.ts';

/** Why something could not be done. */
interface Problem {
  /** HTTP; 0: nobody answered; below 0: it is not the server that says so. */
  readonly status: number;
  /** In English, as the server speaks. */
  readonly detail: string;
}

export function problemOf(cause: unknown): Problem {
  const status = cause instanceof ApiError ? cause.status : -1;
  return { status, detail: cause instanceof Error ? cause.message : String(cause) };
}

/** The cause in the reader's language, with the server's own words after it, or inside the text of `frame` at "{detail}". */
export function ProblemWords({ problem, frame }: { problem: Problem; frame?: TextKey }) {
  const [before = '', after = ''] = frame ? t(frame).split('{detail}') : [];
  return (
    <>
      {before}
      <Words {...problem} />
      {after}
    </>
  );
}

function Words({ status, detail }: Problem) {
  if (status === 0) return <>{t('panel.missing')}</>;
  // What the page itself says is in the reader's language.
  if (language.value === 'en' || status < 0) return <>{detail}</>;
  return (
    <>
      {frenchCause(status)}{' '}
      <span class="said" lang="en">
        {detail}
      </span>
    </>
  );
}
