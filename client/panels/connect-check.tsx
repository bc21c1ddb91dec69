import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { probing } from '../api/probe.ts';
import type { Step, Subject } from '../connect/inspect.ts';
import type { Program } from '../connect/programs.ts';
import { count, t } from '../i18n/text.ts';

type Verdict = 'good' | 'slight' | 'bad';

const verdictOf = ({ faults }: Step): Verdict =>
  faults.length === 0 ? 'good' : faults.every(({ isSlight }) => isSlight) ? 'slight' : 'bad';

/** What the program asks, asked from here, with a verdict on each answer. */
export function ConnectCheck({ program, subject }: { program: Program; subject: Omit<Subject, 'probe'> }) {
  const steps = useSignal<readonly Step[]>([]);
  const state = useSignal<'fresh' | 'running' | 'done'>('fresh');
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);
  const run = async () => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    steps.value = [];
    state.value = 'running';
    const probe = probing(controller.signal);
    try {
      for (const sequence of program.sequences) {
        for await (const step of sequence({ ...subject, probe })) steps.value = [...steps.value, step];
      }
      state.value = 'done';
    } catch (cause) {
      if (!controller.signal.aborted) throw cause;
    }
  };
  return (
    <section class="panel-part connect-check">
      <h3>{t('connect.check')}</h3>
      <p class="quiet">{t('connect.check.help', { program: program.title })}</p>
      <button type="button" class="button is-main" disabled={state.value === 'running'} onClick={() => void run()}>
        {t(
          state.value === 'running'
            ? 'connect.check.running'
            : state.value === 'done'
              ? 'connect.check.again'
              : 'connect.check.start',
        )}
      </button>
      <div role="status">{state.value === 'done' && <Conclusion program={program} steps={steps.value} />}</div>
      <ol class="connect-steps">
        {steps.value.map((step) => (
          <StepRow key={`${step.name}/${step.address}`} step={step} base={subject.base} />
        ))}
      </ol>
    </section>
  );
}

function Conclusion({ program, steps }: { program: Program; steps: readonly Step[] }) {
  const verdicts = steps.map(verdictOf);
  const bad = verdicts.filter((verdict) => verdict === 'bad').length;
  const all = bad > 0 ? 'bad' : verdicts.includes('slight') ? 'slight' : 'good';
  return (
    <p class={`connect-conclusion is-${all}`}>
      {t(`connect.check.${all}`, { program: program.title, bad, count: steps.length })}
    </p>
  );
}

const MARKS: Readonly<Record<Verdict, string>> = { good: '✓', slight: '!', bad: '✕' };

function StepRow({ step, base }: { step: Step; base: string }) {
  const verdict = verdictOf(step);
  const { name, method, address, status, type, faults } = step;
  return (
    <li class={`connect-step is-${verdict}`}>
      <span class="connect-mark" role="img" aria-label={t(`connect.verdict.${verdict}`)}>
        {MARKS[verdict]}
      </span>
      <div>
        <p class="connect-step-name">{t(`connect.step.${name}`)}</p>
        <p class="connect-asked">
          <code>
            {method} {address.startsWith(base) ? address.slice(base.length) || '/' : address}
          </code>
        </p>
        <p class="quiet">{status === 0 ? t('connect.notAsked') : [status, type].filter(Boolean).join(' · ')}</p>
        {faults.map((fault) => (
          <p key={fault.name} class="connect-fault">
            {t(`connect.fault.${fault.name}`, shown(fault.values))}
          </p>
        ))}
      </div>
    </li>
  );
}

/** Numbers as the reader writes them; not the status, which is a name. */
function shown(values: Readonly<Record<string, string | number>>): Record<string, string | number> {
  const text = (name: string, value: string | number) =>
    typeof value === 'number' && name !== 'status' ? count(value) : value;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(name, value)]));
}
