import { t } from '../i18n/text.ts';
import { draft, NEW, rebaseDraft, renameDraft } from '../state/brief-draft.ts';
import { openBriefs } from '../state.ts';
import { ProblemWords } from './problem-words.tsx';
import { saveBrief, saveProblem, takeTheirs } from './save-brief.ts';

/** Why a brief was not saved, and the ways on. What was written stays. */
export function BriefProblem() {
  const { value } = saveProblem;
  if (value === null) return null;
  if (value.type === 'refused') {
    return (
      <p class="panel-problem" role="alert">
        <ProblemWords problem={value.problem} frame="brief.refused" />
      </p>
    );
  }
  if (value.type === 'gone') {
    return (
      <div class="panel-problem" role="alert">
        <p>{t('brief.isGone')}</p>
        <button
          type="button"
          class="button"
          onClick={() => {
            renameDraft(NEW);
            openBriefs(NEW);
            void saveBrief();
          }}
        >
          {t('brief.save')}
        </button>
      </div>
    );
  }
  const { theirs } = value;
  return (
    <div class="panel-problem" role="alert">
      <p>{t('brief.overtaken', { version: theirs.version })}</p>
      <p class="panel-buttons">
        <button type="button" class="button" onClick={() => takeTheirs(theirs)}>
          {t('brief.takeTheirs')}
        </button>
        <button
          type="button"
          class="button"
          disabled={draft.value === null}
          onClick={() => {
            rebaseDraft(theirs.version);
            void saveBrief();
          }}
        >
          {t('brief.saveMine')}
        </button>
      </p>
    </div>
  );
}
