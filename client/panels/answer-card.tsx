import { partLegend } from '../ask/part-legend.ts';
import { local } from '../i18n/text.ts';
import { type AnswerPick, answer } from '../state.ts';
import { fieldText, isFilled } from './field-text.ts';
import { LegendSwatch } from './legend.tsx';

/** What an analysis says of one of its features. */
export function AnswerCard({ pick }: { pick: AnswerPick }) {
  const part = answer.value?.features[pick.part];
  const properties = part?.features[pick.index]?.properties;
  if (!part || !properties) return null;
  const legend = partLegend(part);
  const own = legend.find(({ field, value }) => field !== undefined && properties[field] === value) ?? legend[0];
  return (
    <article class="card">
      <p class="card-layer">
        {own && <LegendSwatch swatch={own.swatch} />}
        {answer.value && local(answer.value.title)}
      </p>
      <h3>{own?.field === undefined ? local(part.title) : local(own.label)}</h3>
      <dl class="facts">
        {part.fields
          .filter(({ name }) => isFilled(properties[name]))
          .map((field) => (
            <div key={field.name}>
              <dt>{local(field.title)}</dt>
              <dd>{fieldText(field, properties[field.name])}</dd>
            </div>
          ))}
      </dl>
    </article>
  );
}
