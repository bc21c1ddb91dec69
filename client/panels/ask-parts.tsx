import type { ProcessResult, ResultPart } from '../api/processes.ts';
import { partLegend } from '../ask/part-legend.ts';
import { count, local, t } from '../i18n/text.ts';
import { theme } from '../state/theme.ts';
import { hiddenParts } from '../state.ts';
import { Legend, LegendSwatch } from './legend.tsx';

/** What of an answer is on the map: each part can be put out. */
export function AskParts({ features }: Pick<ProcessResult, 'features'>) {
  const parts = Object.entries(features).filter(([, part]) => part.features.length > 0);
  if (parts.length === 0) return null;
  return (
    <div class="panel-part">
      <h3>{t('ask.onMap')}</h3>
      {parts.map(([id, part]) => (
        <Part key={id} id={id} part={part} />
      ))}
    </div>
  );
}

function Part({ id, part }: { id: string; part: ResultPart }) {
  const isHidden = hiddenParts.value.has(id);
  const toggle = () => {
    const next = new Set(hiddenParts.value);
    if (!next.delete(id)) next.add(id);
    hiddenParts.value = next;
  };
  const legend = partLegend(part, theme.value);
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
