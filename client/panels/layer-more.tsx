import '../css/layer-more.css';
import '../i18n/layer-texts.ts';
import type { Collection } from '../api.ts';
import { offlineSince } from '../offline.ts';
import { LayerDetails } from './layer-details.tsx';
import { LayerFiles } from './layer-files.tsx';
import { LayerTools } from './layer-tools.tsx';
import { LayerVersions } from './layer-versions.tsx';

/** What can be done with a layer, what it is, taking it along, and going back to what it was. */
export function LayerMore({ collection }: { collection: Collection }) {
  return (
    <div class="about">
      <LayerTools collection={collection} />
      <LayerDetails collection={collection} />
      {offlineSince() === null && (
        <div class="layer-more">
          <LayerFiles collection={collection} />
          <LayerVersions layer={collection.id} generation={collection.azalai.generation} />
        </div>
      )}
    </div>
  );
}
