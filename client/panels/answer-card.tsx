import { partLegend } from '../ask/part-legend.ts';
import { local } from '../i18n/text.ts';
import { fieldText, isFilled } from '../reading/field-text.ts';
import { theme } from '../state/theme.ts';
import { type AnswerPick, answer } from '../state.ts';
import { fetchedPart } from './fetched-part.tsx';
import { LegendSwatch } from './legend.tsx';

/** With what draws its series: fetched with the first that is clicked. */
const Hotspot = fetchedPart(
  () => import('./hotspot-card.tsx').then(({ HotspotCard }) => HotspotCard),
  () => null,
);
const HOTSPOTS = new Set(['hotspots', 'emerging-hotspots']);

/** What an analysis says of one of its features. */
export function AnswerCard({ pick }: { pick: AnswerPick }) {
  const part = answer.value?.features[pick.part];
  const properties = part?.features[pick.index]?.properties;
  if (!part || !properties) return null;
  if (answer.value && HOTSPOTS.has(answer.value.process) && pick.part === 'hexagons') {
    return <Hotspot answer={answer.value} properties={properties} />;
  }
  const legend = partLegend(part, theme.value);
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
