import { useId } from 'preact/hooks';
import type { AskedInput } from '../ask/arrange-inputs.ts';
import { count, t } from '../i18n/text.ts';
import { problem } from '../state/ask.ts';
import { enter, entered } from '../state/question.ts';
import { AskControl } from './ask-control.tsx';
import { ProblemWords } from './problem-words.tsx';

/** Inputs of several controls: their title is that of a group. */
const GROUPS = new Set(['place', 'places', 'line', 'lines', 'window', 'days']);

/** One input of a question, as its schema has it. `asOfClock`: a window begins as that of the map. */
export function AskInput({ input, asOfClock = false }: { input: AskedInput; asOfClock?: boolean }) {
  const id = useId();
  const { name, title, description, form, minOccurs } = input;
  const isNeeded = minOccurs > 0;
  const help = description ? <span class="quiet ask-help">{description}</span> : null;
  const fault = problem.value?.faults.get(name);
  const wrong = fault === undefined ? null : <Fault text={fault} />;
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
        {wrong}
      </div>
    );
  }
  const isGroup = GROUPS.has(form.type);
  const Label = isGroup ? 'legend' : 'label';
  const inner = (
    <>
      <Label {...(!isGroup && { for: id })}>
        {title}
        {isNeeded && <span class="ask-needed"> {t('ask.needed')}</span>}
        {form.type === 'number' && <Limits minimum={form.minimum} maximum={form.maximum} />}
      </Label>
      <AskControl
        id={id}
        name={name}
        title={title}
        form={form}
        isNeeded={isNeeded}
        byDefault={input.schema.default}
        asOfClock={asOfClock}
      />
      {help}
      {wrong}
    </>
  );
  const look = `form-field ask-input${fault === undefined ? '' : ' is-wrong'}`;
  return isGroup ? <fieldset class={look}>{inner}</fieldset> : <div class={look}>{inner}</div>;
}

/** What the server says against what was entered. */
function Fault({ text }: { text: string }) {
  return (
    <span class="ask-problem is-field" role="alert">
      <ProblemWords problem={{ status: 400, detail: text }} />
    </span>
  );
}

/** Beyond which nothing is asked: bounds as large as no one comes near are not told. */
const WIDE = 1e6;

function Limits({ minimum, maximum }: { minimum: number | undefined; maximum: number | undefined }) {
  if (minimum === undefined || maximum === undefined || maximum > WIDE) return null;
  return <span class="ask-limits quiet"> {t('ask.limits', { least: count(minimum), most: count(maximum) })}</span>;
}
