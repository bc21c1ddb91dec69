import { useId } from 'preact/hooks';
import { issueWords } from '../../server/core/issue-words.ts';
import type { Field } from '../../server/core/layer.ts';
import type { Fault } from '../api/changes.ts';
import { dayBefore } from '../i18n/dates.ts';
import { local, type TextKey, t } from '../i18n/text.ts';
import { setValue, values } from '../state/correct-form.ts';
import { problem } from '../state/correct-session.ts';
import { language } from '../state.ts';

/** What a fault is in the reader's language: by its code, as an upload's issues are. */
export function faultText({ code, detail }: Fault): string {
  const own = ['value-missing', 'geometry-missing', 'not-a-text', 'id-fixed', 'reason-missing'];
  if (code === undefined) return detail;
  if (own.includes(code)) return t(`correct.issue.${code}` as TextKey);
  const { title } = issueWords(code);
  // The server tells in English how far and which; in another language what it is called says enough.
  return language.value === 'en' ? `${title.en}. ${detail}` : `${local(title)}.`;
}

const isAt = (pointer: string) => (fault: Fault) =>
  fault.pointer === pointer || fault.pointer?.startsWith(`${pointer}/`) === true;

/** What the server found wrong at a place of the form. */
export function FieldProblem({ pointer }: { pointer: string }) {
  const faults = problem.value?.faults.filter(isAt(pointer)) ?? [];
  if (faults.length === 0) return null;
  return <p class="correct-fault">{faults.map(faultText).join(' ')}</p>;
}

const isLong = ({ name, type }: Field) =>
  type === 'strings' || ['note', 'summary', 'summary_fr', 'source', 'locator', 'description'].includes(name);

const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** One field of a record: its closed list as a choice, days and numbers as such. */
export function CorrectField({ field }: { field: Field }) {
  const id = useId();
  const value = values.value[field.name] ?? null;
  const isEnd = field.name === 'valid_to';
  const title = isEnd ? t('correct.lastDay') : local(field.title);
  return (
    <div class={`form-field${isLong(field) ? ' is-wide' : ''}`}>
      <label for={id}>{field.unit ? `${title} (${field.unit})` : title}</label>
      <Input field={field} id={id} value={value} />
      <FieldProblem pointer={`/properties/${field.name}`} />
    </div>
  );
}

function Input({ field, id, value }: { field: Field; id: string; value: unknown }) {
  const set = (next: unknown) => setValue(field.name, next);
  const text = value === null ? '' : String(value);
  const { type, values, name } = field;
  if (type === 'boolean' || (values && type === 'string')) {
    const choices =
      type === 'boolean'
        ? [
            { value: 'true', title: t('correct.yes') },
            { value: 'false', title: t('correct.no') },
          ]
        : (values ?? []).map((each) => ({ value: each.value, title: local(each.title) }));
    const toValue = (chosen: string) => (chosen === '' ? null : type === 'boolean' ? chosen === 'true' : chosen);
    return (
      <select id={id} value={text} onChange={({ currentTarget }) => set(toValue(currentTarget.value))}>
        <option value="">{t('correct.none')}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.title}
          </option>
        ))}
      </select>
    );
  }
  if (type === 'strings') {
    const lines = Array.isArray(value) ? value.join('\n') : '';
    const toList = (written: string) => {
      const list = written
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
      return list.length === 0 ? null : list;
    };
    return (
      <textarea
        id={id}
        rows={2}
        placeholder={t('correct.list')}
        value={lines}
        onChange={({ currentTarget }) => set(toList(currentTarget.value))}
      />
    );
  }
  if (type === 'integer' || type === 'number') {
    // What is no number is sent as it was written: the server says what is wrong with it.
    const toNumber = (written: string) => {
      const number = Number(written.replace(',', '.'));
      return written.trim() === '' ? null : Number.isFinite(number) ? number : written;
    };
    return (
      <input
        id={id}
        type="text"
        inputMode={type === 'integer' ? 'numeric' : 'decimal'}
        value={text}
        // "1." and "0.0" are on their way to a number: they stand as they are written until the field is left.
        onInput={({ currentTarget: { value: written } }) => {
          const number = toNumber(written);
          set(String(number ?? '') === written ? number : written);
        }}
        onChange={({ currentTarget }) => set(toNumber(currentTarget.value))}
      />
    );
  }
  if (type === 'date') {
    // People write the last day of a span; the layer has the day after it.
    const isEnd = name === 'valid_to';
    const shown = isEnd && text !== '' ? dayBefore(text) : text;
    return (
      <input
        id={id}
        type="date"
        value={shown}
        onInput={({ currentTarget: { value: day } }) => set(day === '' ? null : isEnd ? dayAfter(day) : day)}
      />
    );
  }
  if (isLong(field)) {
    return <textarea id={id} rows={2} value={text} onInput={({ currentTarget }) => set(currentTarget.value || null)} />;
  }
  return <input id={id} type="text" value={text} onInput={({ currentTarget }) => set(currentTarget.value || null)} />;
}
