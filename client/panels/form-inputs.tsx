import '../css/forms.css';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** The inputs of the forms of an upload: a label over each. */

export interface Choice {
  readonly value: string;
  readonly title: string;
}

interface Labelling {
  readonly label: string;
  readonly hidden?: boolean;
}

/** The label names the input without what is in it. */
function Labelled({ label, hidden = false, id, children }: Labelling & { id: string; children: ComponentChildren }) {
  return (
    <div class="form-field">
      <label for={id} class={hidden ? 'visually-hidden' : undefined}>
        {label}
      </label>
      {children}
    </div>
  );
}

export function SelectInput({
  label,
  hidden = false,
  value,
  choices,
  onChoose,
}: Labelling & { value: string; choices: readonly Choice[]; onChoose: (value: string) => void }) {
  const id = useId();
  return (
    <Labelled {...{ label, hidden, id }}>
      <select id={id} value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.title}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

export function TextInput({
  label,
  hidden = false,
  value,
  onChange,
  placeholder = '',
  pattern,
  title,
}: Labelling & {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  pattern?: string;
  title?: string;
}) {
  const id = useId();
  return (
    <Labelled {...{ label, hidden, id }}>
      <input
        id={id}
        type="text"
        value={value}
        placeholder={placeholder}
        pattern={pattern}
        title={title}
        onChange={({ currentTarget }) => onChange(currentTarget.value.trim())}
      />
    </Labelled>
  );
}

export function RangeInput({
  label,
  value,
  min,
  max,
  step,
  onChange,
}: Labelling & { value: number; min: number; max: number; step: number; onChange: (value: number) => void }) {
  const id = useId();
  return (
    <Labelled {...{ label, id }}>
      <input
        id={id}
        type="range"
        {...{ value, min, max, step }}
        onInput={({ currentTarget }) => onChange(Number(currentTarget.value))}
      />
    </Labelled>
  );
}

export function CheckInput({
  label,
  isChecked,
  onChange,
}: {
  label: ComponentChildren;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
}) {
  return (
    <label class="form-check">
      <input type="checkbox" checked={isChecked} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
