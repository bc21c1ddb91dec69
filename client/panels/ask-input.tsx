import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { AskedInput, InputForm } from '../ask/input-form.ts';
import { enter, entered } from '../ask-store.ts';
import { local, t } from '../i18n/text.ts';
import { collections } from '../state.ts';
import { AskLine } from './ask-line.tsx';
import { AskPlace } from './ask-place.tsx';
import { AskWindow } from './ask-window.tsx';

/** One input of a question, as its schema has it. `asOfClock`: a window begins as that of the map. */
export function AskInput({ input, asOfClock = false }: { input: AskedInput; asOfClock?: boolean }) {
  const id = useId();
  const { name, title, description, form, minOccurs } = input;
  const isNeeded = minOccurs > 0;
  const help = description ? <span class="quiet ask-help">{description}</span> : null;
  if (form.type === 'flag') {
    return (
      <div class="ask-input">
        <label class="form-check">
          <input
            type="checkbox"
            checked={entered.value[name] === true}
            onChange={({ currentTarget }) => enter(name, currentTarget.checked || undefined)}
          />
          <span>{title}</span>
        </label>
        {help}
      </div>
    );
  }
  const isGroup = ['place', 'line', 'window'].includes(form.type);
  const Label = isGroup ? 'legend' : 'label';
  const inner = (
    <>
      <Label {...(!isGroup && { for: id })}>
        {title}
        {isNeeded && <span class="ask-needed"> {t('ask.needed')}</span>}
      </Label>
      <Control
        id={id}
        name={name}
        form={form}
        isNeeded={isNeeded}
        byDefault={input.schema.default}
        asOfClock={asOfClock}
      />
      {help}
    </>
  );
  return isGroup ? (
    <fieldset class="form-field ask-input">{inner}</fieldset>
  ) : (
    <div class="form-field ask-input">{inner}</div>
  );
}

const CHOICES = {
  month: 'ask.month',
  quarter: 'ask.quarter',
  year: 'ask.year',
  exclude: 'ask.exclude',
  include: 'ask.include',
  spread: 'ask.spread',
  public: 'ask.public',
  internal: 'ask.internal',
  restricted: 'ask.restricted',
} as const;

/** A value of a choice in words, where it has some. */
const choiceText = (value: string) => (value in CHOICES ? t(CHOICES[value as keyof typeof CHOICES]) : value);

interface Controlled {
  readonly id: string;
  readonly name: string;
  readonly isNeeded: boolean;
  readonly byDefault: unknown;
  readonly asOfClock: boolean;
}

function Control({ form, ...given }: Controlled & { form: InputForm }): ComponentChildren {
  const { id, name, isNeeded, byDefault } = given;
  const otherwise = byDefault === undefined || typeof byDefault === 'object' ? '' : String(byDefault);
  switch (form.type) {
    case 'collections':
      return <Collections {...given} isMany={form.isMany} />;
    case 'place':
      return <AskPlace name={name} />;
    case 'line':
      return <AskLine name={name} isNeeded={isNeeded} />;
    case 'window':
      return <AskWindow name={name} asOfClock={given.asOfClock} />;
    case 'choice':
      return (
        <select id={id} required={isNeeded} onChange={({ currentTarget }) => enter(name, currentTarget.value)}>
          <option value="">{otherwise ? choiceText(otherwise) : t('ask.unsaid')}</option>
          {form.values
            .filter((value) => value !== otherwise)
            .map((value) => (
              <option key={value} value={value}>
                {choiceText(value)}
              </option>
            ))}
        </select>
      );
    case 'number':
      return (
        <input
          id={id}
          type="number"
          required={isNeeded}
          min={form.minimum}
          max={form.maximum}
          step={form.isWhole ? 1 : 'any'}
          placeholder={otherwise}
          onChange={({ currentTarget: { value } }) => enter(name, value === '' ? undefined : Number(value))}
        />
      );
    case 'json':
      return <Json {...given} />;
    default:
      return (
        <input
          id={id}
          type="text"
          required={isNeeded}
          placeholder={otherwise}
          onChange={({ currentTarget }) => enter(name, currentTarget.value.trim())}
        />
      );
  }
}

/** Of several the reader picks as many as are wanted; none: those that the process takes by itself. */
function Collections({ id, name, isNeeded, isMany }: Controlled & { isMany: boolean }) {
  const value = entered.value[name];
  const chosen = Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)];
  const left = collections.value.filter(({ id: each }) => !chosen.includes(each));
  const put = (ids: readonly string[]) => enter(name, ids.length === 0 ? undefined : isMany ? ids : ids[0]);
  const titleOf = (each: string) => {
    const known = collections.value.find((collection) => collection.id === each);
    return known ? local(known.azalai.title) : each;
  };
  return (
    <>
      {isMany && chosen.length > 0 && (
        <ul class="ask-chosen">
          {chosen.map((each) => (
            <li key={each}>
              {titleOf(each)}
              <button
                type="button"
                class="icon-button"
                aria-label={t('ask.leaveOut', { name: titleOf(each) })}
                onClick={() => put(chosen.filter((other) => other !== each))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <select
        id={id}
        required={isNeeded && chosen.length === 0}
        value={isMany ? '' : (chosen[0] ?? '')}
        onChange={({ currentTarget }) => {
          const { value: picked } = currentTarget;
          if (isMany && picked !== '') put([...chosen, picked]);
          if (!isMany) put(picked === '' ? [] : [picked]);
          if (isMany) currentTarget.value = '';
        }}
      >
        <option value="">{t(chosen.length > 0 && isMany ? 'ask.another' : 'ask.unsaid')}</option>
        {(isMany ? left : collections.value).map((collection) => (
          <option key={collection.id} value={collection.id}>
            {local(collection.azalai.title)}
          </option>
        ))}
      </select>
    </>
  );
}

function Json({ id, name, isNeeded, byDefault }: Controlled) {
  const isBad = useSignal(false);
  return (
    <>
      <textarea
        id={id}
        rows={2}
        required={isNeeded}
        spellcheck={false}
        placeholder={byDefault === undefined ? 'JSON' : JSON.stringify(byDefault)}
        onChange={({ currentTarget }) => {
          const text = currentTarget.value.trim();
          isBad.value = false;
          currentTarget.setCustomValidity('');
          if (text === '') return enter(name, undefined);
          try {
            enter(name, JSON.parse(text));
          } catch {
            // A filter may also be written as text.
            if (name === 'filter') return enter(name, text);
            isBad.value = true;
            currentTarget.setCustomValidity(t('ask.notJson'));
          }
        }}
      />
      {isBad.value && <span class="ask-bad">{t('ask.notJson')}</span>}
    </>
  );
}
