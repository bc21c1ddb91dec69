import '../i18n/brief-texts.ts';
import { asOf } from '../api/known-at.ts';
import { instantText } from '../i18n/dates.ts';
import { t } from '../i18n/text.ts';
import { linkProblem, sharedView } from '../state/shared-view.ts';
import { changesText } from './changes-text.ts';
import { DismissButton } from './dismiss-button.tsx';
import { MomentButtons } from './moment-buttons.tsx';
import { Note } from './note.tsx';
import { ProblemWords } from './problem-words.tsx';

/** As of when the map is shown, what has changed since, and the way to what is there now. */
export function AsOfNote() {
  return (
    <>
      {linkProblem.value && <LinkProblem />}
      {(asOf.value !== null || sharedView.value !== null) && <Moment />}
    </>
  );
}

function Moment() {
  const { value: moment } = asOf;
  const { value: shared } = sharedView;
  const isOther = shared !== null && moment !== null && moment !== shared.storedAt;
  return (
    <Note
      kind="state"
      name="as-of-note"
      label={moment === null ? t('past.now') : t('past.title', { date: instantText(moment) })}
      actions={
        <>
          <MomentButtons name="button" />
          {moment === null && (
            <DismissButton
              onClick={() => {
                sharedView.value = null;
              }}
            />
          )}
        </>
      }
    >
      <p role="status">
        <strong>{moment === null ? t('past.now') : t('past.title', { date: instantText(moment) })}</strong>
        {shared && (moment === null || isOther) && ` ${t('past.stored', { date: instantText(shared.storedAt) })}`}
        {shared && !isOther && ` ${t('past.since', { changes: changesText(shared.changed) })}`}
        {shared && !shared.isKept && moment === null && ` ${t('past.lost')}`}
      </p>
    </Note>
  );
}

function LinkProblem() {
  const { value } = linkProblem;
  if (value === null) return null;
  const isBrief = value.of === 'brief';
  return (
    <Note
      kind="problem"
      name="link-problem"
      actions={
        <DismissButton
          onClick={() => {
            linkProblem.value = null;
          }}
        />
      }
    >
      <p>
        {value.status === 404 || value.status === 410 ? (
          t(isBrief ? 'past.briefGone' : 'past.linkGone')
        ) : (
          <ProblemWords problem={value} frame="past.linkFailed" />
        )}
      </p>
    </Note>
  );
}
