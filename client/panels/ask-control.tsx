import type { ComponentChildren } from 'preact';
import type { InputForm } from '../ask/input-form.ts';
import { t } from '../i18n/text.ts';
import { enter, entered } from '../state/question.ts';
import { AskCollections } from './ask-collections.tsx';
import type { Controlled } from './ask-controlled.ts';
import { AskDay, AskTwoDays } from './ask-days.tsx';
import { AskJson } from './ask-json.tsx';
import { AskLine } from './ask-line.tsx';
import { AskPlace } from './ask-place.tsx';
import { AskSeveral } from './ask-several.tsx';
import { AskTyped } from './ask-typed.tsx';
import { AskWindow } from './ask-window.tsx';

/** Lists are typed with semicolons; commas and brackets do as well where no value holds one. */
const toNumbers = (text: string) => {
  const numbers = text.split(/[\s;,[\]]+/).filter(Boolean);
  return numbers.length === 0
    ? undefined
    : numbers.map((each) => (Number.isFinite(Number(each)) ? Number(each) : each));
};
const toTexts = (text: string) => {
  const texts = text.split(';').flatMap((each) => each.trim() || []);
  return texts.length === 0 ? undefined : texts;
};

/** The control that an input has by its form. */
export function AskControl({ form, ...given }: Controlled & { form: InputForm }): ComponentChildren {
  const { name, title, isNeeded } = given;
  const one = { title, isNeeded, value: entered.value[name], put: (value: unknown) => enter(name, value) };
  switch (form.type) {
    case 'collections':
      return <AskCollections {...given} isMany={form.isMany} isNarrowed={form.isNarrowed} />;
    case 'place':
      return <AskPlace {...one} />;
    case 'places':
      return <AskSeveral name={name} title={title} fewest={isNeeded ? 1 : 0} most={form.most} Control={AskPlace} />;
    case 'line':
      return <AskLine {...one} />;
    case 'lines':
      return (
        <AskSeveral name={name} title={title} fewest={isNeeded ? form.fewest : 0} most={form.most} Control={AskLine} />
      );
    case 'window':
      return <AskWindow name={name} asOfClock={given.asOfClock} />;
    case 'day':
      return <AskDay {...given} />;
    case 'days':
      return <AskTwoDays {...given} />;
    case 'choice':
      return <Choice {...given} values={form.values} />;
    case 'number':
      return (
        <AskTyped
          {...given}
          toValue={(text) => (text === '' ? undefined : Number(text))}
          attributes={{ type: 'number', min: form.minimum, max: form.maximum, step: form.isWhole ? 1 : 'any' }}
        />
      );
    case 'numbers':
      return <AskTyped {...given} toValue={toNumbers} attributes={{ type: 'text' }} />;
    case 'texts':
      return <AskTyped {...given} toValue={toTexts} attributes={{ type: 'text' }} />;
    case 'json':
      return <AskJson {...given} />;
    default:
      return <AskTyped {...given} toValue={(text) => text || undefined} attributes={{ type: 'text' }} />;
  }
}

const CHOICES = {
  month: 'ask.month',
  quarter: 'ask.quarter',
  year: 'ask.year',
  exclude: 'ask.exclude',
  include: 'ask.include',
  spread: 'ask.spread',
  count: 'ask.count',
  rate: 'ask.rate',
  peak: 'ask.peak',
  volume: 'ask.volume',
} as const;

/** A value of a choice in words, where it has some. */
const choiceText = (value: string) => (value in CHOICES ? t(CHOICES[value as keyof typeof CHOICES]) : value);

function Choice({ id, name, isNeeded, byDefault, values }: Controlled & { values: readonly string[] }) {
  const otherwise = byDefault === undefined ? '' : String(byDefault);
  return (
    <select
      id={id}
      required={isNeeded}
      value={String(entered.value[name] ?? '')}
      onChange={({ currentTarget }) => enter(name, currentTarget.value)}
    >
      <option value="">{otherwise ? choiceText(otherwise) : t('ask.unsaid')}</option>
      {values
        .filter((value) => value !== otherwise)
        .map((value) => (
          <option key={value} value={value}>
            {choiceText(value)}
          </option>
        ))}
    </select>
  );
}
