import type { Collection } from '../api.ts';
import { count, local, t } from '../i18n/text.ts';

/** What a layer is: where it comes from, how far it may be trusted, who may have it, and what its records say. */
export function LayerDetails({ collection: { azalai } }: { collection: Collection }) {
  // What every record of every layer says comes after the layer's own fields, from record_id on.
  const own = azalai.fields.slice(
    0,
    azalai.fields.findIndex(({ name }) => name === 'record_id'),
  );
  const handling = azalai.fields
    .find(({ name }) => name === 'handling')
    ?.values?.find(({ value }) => value === azalai.handling);
  return (
    <>
      <p>{local(azalai.description)}</p>
      <dl>
        <dt>{t('layers.provenance')}</dt>
        <dd>
          {local(azalai.provenance)} (
          {t(azalai.count === 1 ? 'layers.record' : 'layers.records', { count: count(azalai.count) })},{' '}
          {t(`nature.${azalai.nature}`)})
        </dd>
        <dt>{t('layers.sources')}</dt>
        {azalai.sources.map(({ key, title, url }) => (
          <dd key={key}>{url ? <a href={url}>{title}</a> : title}</dd>
        ))}
        <dt>{t('layers.licence')}</dt>
        <dd>{azalai.licence.url ? <a href={azalai.licence.url}>{azalai.licence.name}</a> : azalai.licence.name}</dd>
        <dt>{t('details.handling')}</dt>
        <dd>{handling ? local(handling.title) : azalai.handling}</dd>
        <dt>{t('details.generation')}</dt>
        <dd>{azalai.generation}</dd>
      </dl>
      <details class="fields">
        <summary>{t('details.fields', { count: own.length })}</summary>
        <ul>
          {own.map((field) => (
            <li key={field.name}>
              <span>{local(field.title)}</span> <code>{field.name}</code>{' '}
              <span class="quiet">
                {t(`type.${field.type}`)}
                {field.unit ? `, ${field.unit}` : ''}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
