import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { enter, entered } from '../ask-store.ts';
import type { Controlled } from './ask-controlled.ts';

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
  const typed = useSignal(String(entered.peek()[name] ?? ''));
  return (
    <input
      id={id}
      {...attributes}
      required={isNeeded}
      placeholder={byDefault === undefined ? '' : String(byDefault)}
      value={typed.value}
      onInput={({ currentTarget: { value } }) => {
        typed.value = value;
        enter(name, toValue(value.trim()));
      }}
    />
  );
}
