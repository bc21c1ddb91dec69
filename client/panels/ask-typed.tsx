import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { enter, entered } from '../state/question.ts';
import type { Controlled } from './ask-controlled.ts';

/** Lists as they are typed. */
const textOf = (value: unknown) => (Array.isArray(value) ? value.join('; ') : value === undefined ? '' : String(value));

/** What is typed is taken with every key, and left as it is typed. */
export function AskTyped({
  id,
  name,
  isNeeded,
  byDefault,
  toValue,
  attributes,
}: Controlled & {
  toValue: (text: string) => unknown;
  attributes: JSX.IntrinsicElements['input'];
}) {
  const typed = useSignal(textOf(entered.peek()[name]));
  return (
    <input
      id={id}
      {...attributes}
      required={isNeeded}
      placeholder={textOf(byDefault)}
      value={typed.value}
      onInput={({ currentTarget: { value } }) => {
        typed.value = value;
        enter(name, toValue(value.trim()));
      }}
    />
  );
}
