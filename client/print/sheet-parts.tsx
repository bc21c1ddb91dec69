import { cited } from '../export/cited.ts';
import type { Facts, LayerFacts } from '../export/facts.ts';
import { local, t } from '../i18n/text.ts';
import { LegendSwatch } from '../panels/legend.tsx';

/** Parts of a sheet that may stand on it, or on the one that follows where there is no room. */

export function NotePart({ note }: { note: string }) {
  const paragraphs = note.split(/\n\s*\n/).filter((text) => text.trim() !== '');
  return (
    <section class="sheet-note">
      {paragraphs.map((text, at) => (
        <p key={at}>{text}</p>
      ))}
    </section>
  );
}

export function LegendPart({ layers }: { layers: readonly LayerFacts[] }) {
  return (
    <section class="sheet-legend">
      <h2>{t('sheet.legend')}</h2>
      {layers.map((layer) => (
        <div key={layer.id} class="sheet-layer">
          <h3>
            {layer.legend.length === 1 && layer.legend[0] && <LegendSwatch swatch={layer.legend[0].swatch} />}
            <span>{layer.title}</span>
            {layer.nature && <span class={`tag${layer.isModelled ? ' is-modelled' : ''}`}>{layer.nature}</span>}
          </h3>
          {layer.counted && <p class="sheet-counted">{layer.counted}</p>}
          {layer.filter && <p class="sheet-counted">{t('sheet.filter', { filter: layer.filter })}</p>}
          {layer.legend.length > 1 && (
            <ul class={layer.legend.length > 4 ? 'is-long' : undefined}>
              {layer.legend.map(({ label, swatch, field, value }) => (
                <li key={`${field}/${value}/${label.en}`} class={swatch.type === 'caption' ? 'is-caption' : undefined}>
                  <LegendSwatch swatch={swatch} />
                  <span>{local(label)}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </section>
  );
}

export function SourcesPart({ layers }: { layers: readonly LayerFacts[] }) {
  const { works, layers: citing } = cited(layers);
  return (
    <section class="sheet-sources">
      <h2>{t('sheet.sources')}</h2>
      <p>
        {works.map((work, at) => (
          <span key={work}>
            <b>{at + 1}</b> {work}
            {at + 1 < works.length ? '; ' : '.'}
          </span>
        ))}
      </p>
      {citing.map(({ id, title, text }) => (
        <p key={id}>
          <b>{title}</b> {text}
        </p>
      ))}
    </section>
  );
}

export function CaveatsPart({ caveats }: Pick<Facts, 'caveats'>) {
  return (
    <section class="sheet-caveats">
      <h2>{t('sheet.caveats')}</h2>
      <ul>
        {caveats.map((caveat) => (
          <li key={caveat}>{caveat}</li>
        ))}
      </ul>
    </section>
  );
}
