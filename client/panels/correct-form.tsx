import { useEffect, useId, useRef } from 'preact/hooks';
import { AUTHORS, type Author } from '../../server/core/authors.ts';
import type { Field } from '../../server/core/layer.ts';
import { t } from '../i18n/text.ts';
import { draftOf } from '../state/correct-draft.ts';
import * as store from '../state/correct-form.ts';
import { beginAnew, isRestored, isSending, problem } from '../state/correct-session.ts';
import type { Corrected } from '../state.ts';
import { CorrectField, FieldProblem } from './correct-field.tsx';
import { CorrectPlace } from './correct-place.tsx';
import { SelectInput } from './form-inputs.tsx';
import { check } from './send-correction.ts';

/** How something is known, apart from what it is. */
const KNOWING = new Set([
  'confidence',
  'precision_m',
  'reliability',
  'credibility',
  'source',
  'locator',
  'note',
  'handling',
]);

/** The form of one record, made from the fields of its layer. */
export function CorrectForm({ layer, id }: Corrected) {
  const fields = store.writtenFields(layer);
  const form = useRef<HTMLFormElement>(null);
  const { faults } = problem.value ?? {};
  // The first thing that is wrong is come to, by eye and by keyboard.
  useEffect(() => {
    if (!faults?.length) return;
    const first = form.current?.querySelector('.correct-fault')?.parentElement;
    first?.scrollIntoView({ block: 'center' });
    first?.querySelector<HTMLElement>('input, select, textarea, button')?.focus();
  }, [faults]);
  return (
    <form
      ref={form}
      class="correct-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void check(layer);
      }}
    >
      {/* What is being checked is what stands here. */}
      <fieldset class="correct-all" disabled={isSending.value}>
        {isRestored.value && <p class="panel-part quiet">{t('correct.restored')}</p>}
        <CorrectPlace layer={layer} />
        <Fields title={t('correct.what')} fields={fields.filter(({ name }) => !KNOWING.has(name))} />
        <Fields title={t('correct.from')} fields={fields.filter(({ name }) => KNOWING.has(name))} />
        <section class="panel-part">
          <h3>{t('correct.why')}</h3>
          <Reason />
          <SelectInput
            label={t('correct.author')}
            value={store.author.value}
            choices={AUTHORS.map((value) => ({ value, title: t(`correct.author.${value}`) }))}
            onChoose={(value) => {
              store.author.value = value as Author;
            }}
          />
          <div class="panel-buttons">
            <button type="submit" class="button is-main" disabled={isSending.value}>
              {t(isSending.value ? 'correct.checking' : 'correct.check')}
            </button>
            {id !== null && (
              <button
                type="button"
                class="button correct-withdraw"
                title={t('correct.withdrawHelp')}
                disabled={isSending.value}
                onClick={() => void check(layer, true)}
              >
                {t('correct.withdraw')}
              </button>
            )}
            {draftOf() !== null && (
              <button type="button" class="button" onClick={() => void beginAnew(layer, id)}>
                {t('correct.discard')}
              </button>
            )}
          </div>
        </section>
      </fieldset>
    </form>
  );
}

function Fields({ title, fields }: { title: string; fields: readonly Field[] }) {
  return (
    <section class="panel-part">
      <h3>{title}</h3>
      <div class="form-grid">
        {fields.map((field) => (
          <CorrectField key={field.name} field={field} />
        ))}
      </div>
    </section>
  );
}

function Reason() {
  const id = useId();
  return (
    <div class="form-field">
      <label for={id}>{t('correct.reason')}</label>
      <textarea
        id={id}
        rows={2}
        required
        maxLength={1000}
        aria-describedby={`${id}-help`}
        value={store.reason.value}
        onInput={({ currentTarget }) => {
          store.reason.value = currentTarget.value;
        }}
      />
      <FieldProblem pointer="/reason" />
      <p id={`${id}-help`} class="quiet">
        {t('correct.reasonHelp')}
      </p>
    </div>
  );
}
