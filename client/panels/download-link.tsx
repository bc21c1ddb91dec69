import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { fetchFile } from '../api/fetch-file.ts';
import { keptToken } from '../api/kept-token.ts';
import { problemOf } from '../api/problem-of.ts';
import { saveBlob } from '../charts/save-file.ts';
import { t } from '../i18n/text.ts';
import { ProblemWords } from './problem-words.tsx';

/** A link to a file; for the holder of the token the page fetches it, so that what is not public is in it. */
export function DownloadLink(props: { href: string; name: string; children: ComponentChildren }) {
  const { href, name, children } = props;
  const isBusy = useSignal(false);
  const problem = useSignal<ReturnType<typeof problemOf> | null>(null);
  const save = async () => {
    if (isBusy.value) return;
    isBusy.value = true;
    problem.value = null;
    try {
      saveBlob(name, await fetchFile(href));
    } catch (cause) {
      problem.value = problemOf(cause);
    }
    isBusy.value = false;
  };
  return (
    <>
      <a
        href={href}
        download={name}
        {...(isBusy.value && { 'aria-busy': true })}
        onClick={(event) => {
          if (keptToken.get() === '') return;
          event.preventDefault();
          void save();
        }}
      >
        {children}
      </a>
      {isBusy.value && (
        <span class="quiet" role="status">
          {` ${t('records.loading')}`}
        </span>
      )}
      {problem.value && (
        <span role="alert">
          {' '}
          <ProblemWords problem={problem.value} />
        </span>
      )}
    </>
  );
}
