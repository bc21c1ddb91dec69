import type { Problem } from '../api/problem-of.ts';
import { frenchCause } from '../i18n/problem-words.ts';
import { type TextKey, t } from '../i18n/text.ts';
import { language } from '../state.ts';

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
