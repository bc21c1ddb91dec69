import '../css/layer-more.css';
import '../i18n/layer-texts.ts';
import type { Collection } from '../api.ts';
import { t } from '../i18n/text.ts';
import { openConnect } from '../state.ts';
import { LayerFiles } from './layer-files.tsx';
import { LayerVersions } from './layer-versions.tsx';

/** What can be done with a layer, below what it is: taking it along, connecting to it, going back to what it was. */
export function LayerMore({ collection }: { collection: Collection }) {
  return (
    <div class="layer-more">
      <LayerFiles collection={collection} />
      <button type="button" class="link-button" onClick={() => openConnect(collection.id)}>
        {t('take.connect')}
      </button>
      <LayerVersions layer={collection.id} generation={collection.azalai.generation} />
    </div>
  );
}
