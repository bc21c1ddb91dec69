import { useEffect, useRef } from 'preact/hooks';
import type { ProcessResult, ResultPart } from '../api/processes.ts';
import { paragraphOf } from '../ask/paragraph-of.ts';
import { partLegend } from '../ask/part-legend.ts';
import { count, local, t } from '../i18n/text.ts';
import { hiddenParts, language, putAway } from '../state.ts';
import { AskNumbers } from './ask-numbers.tsx';
import { Legend, LegendSwatch } from './legend.tsx';

/** What was found: in words, what must be known with it, on the map, in numbers, and how to ask it again. */
export function AskAnswer({ answer }: { answer: ProcessResult }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'start' }), [answer]);
  const lang = language.value;
  const parts = Object.entries(answer.features).filter(([, { features }]) => features.length > 0);
  return (
    <section class="ask-answer" aria-label={t('ask.answer')} ref={place}>
      <div class="panel-part" role="status">
        <h3>{t('ask.answer')}</h3>
        <p class="ask-words">{paragraphOf(answer, lang)}</p>
      </div>
      {answer.caveats.length > 0 && (
        <div class="panel-part ask-caveats">
          <h3>{t('ask.caveats')}</h3>
          <ul>
            {answer.caveats.map(({ code, text }) => (
              <li key={`${code}/${text.en}`}>{text[lang]}</li>
            ))}
          </ul>
        </div>
      )}
      {parts.length > 0 && (
        <div class="panel-part">
          <h3>{t('ask.onMap')}</h3>
          {parts.map(([id, part]) => (
            <Part key={id} id={id} part={part} />
          ))}
        </div>
      )}
      {answer.kept && answer.kept.length > 0 && (
        <div class="panel-part">
          <h3>{t('ask.kept')}</h3>
          <ul>
            {answer.kept.map(({ collection, items, expires }) => (
              <li key={collection}>
                <a href={items}>{collection}</a> {t('ask.keptUntil', { date: expires.slice(0, 10) })}
              </li>
            ))}
          </ul>
        </div>
      )}
      <AskNumbers numbers={answer.numbers} units={answer.units} />
      <div class="panel-part ask-buttons">
        <button type="button" class="button" onClick={() => download(answer)}>
          {t('ask.download')}
        </button>
        <button type="button" class="button" onClick={putAway}>
          {t('ask.putAway')}
        </button>
        <p class="quiet ask-hash">{t('ask.receipt', { hash: answer.receipt.hash.slice(0, 16) })}</p>
      </div>
    </section>
  );
}

function Part({ id, part }: { id: string; part: ResultPart }) {
  const isHidden = hiddenParts.value.has(id);
  const toggle = () => {
    const next = new Set(hiddenParts.value);
    if (!next.delete(id)) next.add(id);
    hiddenParts.value = next;
  };
  const legend = partLegend(part);
  const [only] = legend;
  return (
    <div class="ask-layer">
      <label class="form-check">
        <input type="checkbox" checked={!isHidden} onChange={toggle} />
        {legend.length === 1 && only && <LegendSwatch swatch={only.swatch} />}
        <span>
          {local(part.title)} <span class="quiet">{count(part.features.length)}</span>
        </span>
      </label>
      {!isHidden && legend.length > 1 && <Legend entries={legend} label={local(part.title)} />}
    </div>
  );
}

/** The whole result with its receipt, as the server gave it. */
function download(answer: ProcessResult): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(answer, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${answer.process}-${answer.receipt.hash.slice(0, 8)}.json`;
  link.click();
  URL.revokeObjectURL(address);
}
