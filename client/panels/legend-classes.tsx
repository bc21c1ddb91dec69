import type { LegendEntry } from '../../server/core/legend.ts';
import type { Collection } from '../api.ts';
import { local, t } from '../i18n/text.ts';
import { classesOf, type LayerClass } from '../layer-classes.ts';
import { classKey, hiddenClasses, onlyClass, showAllClasses, toggleClass } from '../state/layers.ts';
import { themedLegend } from '../state/theme.ts';
import { LegendSwatch } from './legend.tsx';

/** A legend that is a filter: its classes are switched off and on, and one can be left alone on the map. */
export function ClassLegend({
  collection: { id, azalai },
  entries,
}: {
  collection: Collection;
  entries: readonly LegendEntry[];
}) {
  const classes = classesOf({ ...azalai, legend: themedLegend(azalai) });
  const isClass = (entry: LegendEntry) =>
    classes.find(({ field, value }) => field === entry.field && value === entry.value);
  const once = entries.filter(
    ({ field, value }, index) =>
      field === undefined || entries.findIndex((other) => other.field === field && other.value === value) === index,
  );
  const isScale = entries.some(({ swatch }) => swatch.type === 'hexagon');
  return (
    <>
      <ul class={`legend${isScale ? ' is-scale' : ''}`} aria-label={t('layers.legend', { layer: local(azalai.title) })}>
        {once.map((entry) => {
          const known = isClass(entry);
          return known && classes.length > 1 ? (
            <ClassSwitch key={`${entry.field}/${entry.value}`} layer={id} of={known} isLone={false} />
          ) : (
            <li
              key={`${entry.field}/${entry.value}/${entry.label.en}`}
              class={entry.swatch.type === 'caption' ? 'is-caption' : undefined}
            >
              <LegendSwatch swatch={entry.swatch} />
              <span>{local(entry.label)}</span>
            </li>
          );
        })}
      </ul>
      <AllClasses layer={id} />
    </>
  );
}

/** Which kinds the hexagons count: the server counts those that are left on. */
export function CountedKinds({ collection: { id, azalai } }: { collection: Collection }) {
  const classes = classesOf({ ...azalai, legend: themedLegend(azalai) });
  const hidden = hiddenClasses.value.get(id);
  if (classes.length < 2) return null;
  return (
    <details class="kinds-counted" open={hidden !== undefined}>
      <summary>{t('legend.kinds')}</summary>
      <ul class="legend-kinds">
        {classes.map((each) => (
          <ClassSwitch key={`${each.field}/${each.value}`} layer={id} of={each} isLone={true} />
        ))}
      </ul>
      <AllClasses layer={id} />
    </details>
  );
}

function ClassSwitch({
  layer,
  of: { field, value, label, swatch },
  isLone,
}: {
  layer: string;
  of: LayerClass;
  isLone: boolean;
}) {
  const isOn = !hiddenClasses.value.get(layer)?.has(classKey(field, value));
  const title = local(label);
  return (
    <li class={`class${isOn ? '' : ' is-off'}`}>
      <button
        type="button"
        class="class-switch"
        role="switch"
        aria-checked={isOn}
        onClick={() => toggleClass(layer, field, value)}
      >
        {swatch && !isLone ? <LegendSwatch swatch={swatch} /> : <span class="tick" aria-hidden="true" />}
        <span>{title}</span>
      </button>
      <button
        type="button"
        class="class-only"
        aria-label={t('legend.onlyThis', { class: title })}
        title={t('legend.onlyThis', { class: title })}
        onClick={() => onlyClass(layer, field, value)}
      >
        {t('legend.only')}
      </button>
    </li>
  );
}

function AllClasses({ layer }: { layer: string }) {
  const number = hiddenClasses.value.get(layer)?.size ?? 0;
  if (number === 0) return null;
  return (
    <p class="filter-note">
      <span>{t('legend.someOff')}</span>
      <button type="button" class="link-button" onClick={() => showAllClasses(layer)}>
        {t('legend.showAll')}
      </button>
    </p>
  );
}
