import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { AskedInput, InputForm } from '../ask/input-form.ts';
import { enter, entered } from '../ask-store.ts';
import { t } from '../i18n/text.ts';
import { AskCollections } from './ask-collections.tsx';
import type { Controlled } from './ask-controlled.ts';
import { AskJson } from './ask-json.tsx';
import { AskLine } from './ask-line.tsx';
import { AskPlace } from './ask-place.tsx';
import { AskTyped } from './ask-typed.tsx';
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
  count: 'ask.count',
  rate: 'ask.rate',
  peak: 'ask.peak',
  volume: 'ask.volume',
} as const;

/** A value of a choice in words, where it has some. */
const choiceText = (value: string) => (value in CHOICES ? t(CHOICES[value as keyof typeof CHOICES]) : value);

function Control({ form, ...given }: Controlled & { form: InputForm }): ComponentChildren {
  const { id, name, isNeeded, byDefault } = given;
  const otherwise = byDefault === undefined || typeof byDefault === 'object' ? '' : String(byDefault);
  const value = entered.value[name];
  const said = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  switch (form.type) {
    case 'collections':
      return <AskCollections {...given} isMany={form.isMany} />;
    case 'place':
      return <AskPlace name={name} />;
    case 'line':
      return <AskLine name={name} isNeeded={isNeeded} />;
    case 'window':
      return <AskWindow name={name} asOfClock={given.asOfClock} />;
    case 'choice':
      return (
        <select
          id={id}
          required={isNeeded}
          value={said}
          onChange={({ currentTarget }) => enter(name, currentTarget.value)}
        >
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
        <AskTyped
          {...given}
          toValue={(text) => (text === '' ? undefined : Number(text))}
          attributes={{ type: 'number', min: form.minimum, max: form.maximum, step: form.isWhole ? 1 : 'any' }}
        />
      );
    case 'json':
      return <AskJson {...given} />;
    default:
      return <AskTyped {...given} toValue={(text) => text || undefined} attributes={{ type: 'text' }} />;
  }
}
