import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { issueWords } from '../../server/core/issue-words.ts';
import type { Severity, Upload } from '../api/upload-types.ts';
import { count, local, t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';
import { language, uploadFocus, uploadRecords } from '../state.ts';
import { IssueTable } from './upload-issue-table.tsx';
import { SaveButton } from './upload-summary.tsx';

const ORDER: readonly Severity[] = ['error', 'warning', 'note'];

/** What there is to say of the records, the worst first, each with what can be done. */
export function UploadIssues({ upload }: { upload: Upload }) {
  const open = useSignal<string | null>(null);
  const account = upload.report?.account;
  const close = () => {
    uploadRecords.value = null;
    uploadFocus.value = null;
  };
  useEffect(() => close, []);
  if (!account) return null;
  const issues = account.issues.toSorted(
    (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || b.count - a.count,
  );
  return (
    <section class="panel-part">
      <h3>{t('upload.issues.title')}</h3>
      {issues.length === 0 && <p>{t('upload.issues.none')}</p>}
      <ul class="upload-issues">
        {issues.map((issue) => (
          <li key={issue.code} class={`upload-issue is-${issue.severity}`}>
            <IssueHead {...issue} />
            <button
              type="button"
              class="link-button"
              aria-expanded={open.value === issue.code}
              onClick={() => {
                close();
                open.value = open.value === issue.code ? null : issue.code;
              }}
            >
              {t(open.value === issue.code ? 'upload.issues.hide' : 'upload.issues.show')}
            </button>
            {open.value === issue.code && (
              <IssueTable
                key={`${issue.code}/${upload.state}`}
                upload={upload.id}
                code={issue.code}
                total={issue.count}
              />
            )}
          </li>
        ))}
      </ul>
      {issues.length > 0 && <SaveButton id={upload.id} file="issues.csv" label={t('upload.issues.file')} />}
    </section>
  );
}

function IssueHead({ code, severity, count: number }: { code: string; severity: Severity; count: number }) {
  const { title, advice, repair } = issueWords(code);
  const isOn = repair !== undefined && (store.mapping.value?.repairs.includes(repair) ?? false);
  const canRepair = repair !== undefined && store.upload.value?.state === 'ready';
  return (
    <>
      <h4>
        <span class="upload-count">{count(number)}</span> {local(title)}{' '}
        <span class={`tag is-${severity}`}>{t(`upload.severity.${severity}`)}</span>
      </h4>
      <p>
        {advice[language.value]} {isOn && t('upload.issues.isRepaired')}
      </p>
      {canRepair && (
        <button type="button" class="button" onClick={() => void store.repair(repair, !isOn)}>
          {t(isOn ? 'upload.issues.unrepair' : 'upload.issues.repair')}
        </button>
      )}
    </>
  );
}
