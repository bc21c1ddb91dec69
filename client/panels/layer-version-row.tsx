import { getVersionDiff, type LayerVersion, type VersionDiff } from '../api/versions.ts';
import { instantText } from '../i18n/dates.ts';
import { plural, t } from '../i18n/text.ts';
import { useFetched } from './use-fetched.ts';

interface Row {
  readonly layer: string;
  readonly version: LayerVersion;
  /** The version before; null: there is none. */
  readonly before: LayerVersion | null;
}

/** One version: when it came, from what, how many records it has, and what it changed. */
export function LayerVersionRow({ layer, version, before }: Row) {
  const { generation, count: number, origin, restored, publishedAt, isServed, isKept } = version;
  return (
    <>
      <p class="version-name">
        {t('versions.number', { generation })}
        {isServed && <span class="tag is-documented">{t('versions.served')}</span>}
      </p>
      <p class="quiet">{instantText(publishedAt)}</p>
      <p>
        {plural('versions.records', number)}, {t(`versions.origin.${origin}`, { generation: restored ?? '' })}
      </p>
      {!isKept && <p class="quiet">{t('versions.gone')}</p>}
      {!before && <p class="quiet">{t('versions.first')}</p>}
      {isKept && before?.isKept && <Difference layer={layer} from={before.generation} to={generation} />}
    </>
  );
}

function Difference({ layer, from, to }: { layer: string; from: number; to: number }) {
  const answer = useFetched((signal) => getVersionDiff(layer, from, to, signal), `${layer}/${from}/${to}`);
  if (answer.state === 'loading') return <p class="quiet">{t('versions.comparing')}</p>;
  if (answer.state === 'failed') {
    return (
      <p class="quiet">
        {t('versions.uncompared')}{' '}
        <button type="button" class="link-button" onClick={answer.retry}>
          {t('app.retry')}
        </button>
      </p>
    );
  }
  return <p>{sentence(answer.value)}</p>;
}

function sentence({ added, changed, removed, isDefinitionChanged }: VersionDiff): string {
  const parts = [
    ...(added > 0 ? [plural('versions.added', added)] : []),
    ...(changed > 0 ? [plural('versions.changed', changed)] : []),
    ...(removed > 0 ? [plural('versions.removed', removed)] : []),
  ];
  const records = parts.length > 0 ? `${parts.join(', ')}.` : t('versions.same');
  return isDefinitionChanged ? `${records} ${t('versions.definition')}` : records;
}
