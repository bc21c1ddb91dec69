import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Upload } from '../api/upload-types.ts';
import { count, local, t } from '../i18n/text.ts';
import { collectionById, uploadTiles, visible } from '../state.ts';

/** Which of them the map shows; `now`: what is published already, without the upload. */
type Side = 'after' | 'before' | 'now';
const SIDES: readonly Side[] = ['after', 'before', 'now'];

const side = signal<Side>('after');
/** Each time a check has ended, the tiles are others. */
let round = 0;

/** The upload on the map: as it would be published, as the file has it, or not at all, and what publishing would change. */
export function UploadPreview({ upload }: { upload: Upload }) {
  const isReady = upload.state === 'ready';
  const { id } = upload;
  const target = upload.mapping?.target;
  const shown = side.value;
  useEffect(() => {
    side.value = 'after';
  }, [id]);
  useEffect(() => {
    round += 1;
  }, [id, isReady]);
  useEffect(() => {
    if (!isReady || !target || target.mode === 'delete' || shown === 'now') return undefined;
    const style = target.mode === 'new' ? target.layer.style : null;
    const rule = style && 'color' in style ? style.color : null;
    uploadTiles.value = {
      address: `${new URL('.', document.baseURI).href}uploads/${id}/tiles/${shown}/{z}/{x}/{y}.mvt?generation=${round}`,
      layer: target.mode === 'new' ? target.layer.id : target.collection,
      color: typeof rule === 'string' ? rule : null,
    };
    return () => {
      uploadTiles.value = null;
    };
  }, [id, isReady, shown]);
  if (!isReady || !target || target.mode === 'delete') return null;
  const collection = target.mode === 'new' ? null : target.collection;
  const choose = (next: Side) => {
    side.value = next;
    if (collection !== null && next === 'now') visible.value = new Set([...visible.value, collection]);
  };
  return (
    <section class="panel-part">
      {collection !== null && <Changes upload={upload} collection={collection} />}
      <fieldset class="upload-preview">
        <legend>{t('upload.preview')}</legend>
        {SIDES.map((each) => (
          <label key={each}>
            <input type="radio" name="upload-preview" checked={shown === each} onChange={() => choose(each)} />
            <span>{t(each === 'now' && collection === null ? 'upload.preview.none' : `upload.preview.${each}`)}</span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}

const KINDS = ['added', 'changed', 'removed', 'same'] as const;

/** What publishing would do to a layer that is there, counted by the ids of its records. */
function Changes({ upload: { changes }, collection }: { upload: Upload; collection: string }) {
  if (!changes) return null;
  const layer = collectionById.value.get(collection);
  return (
    <>
      <h3>{t('upload.changes', { layer: layer ? local(layer.azalai.title) : collection })}</h3>
      <dl class="upload-changes">
        {KINDS.map((kind) => (
          <div key={kind} class={`is-${kind}`}>
            <dd>{count(changes[kind])}</dd>
            <dt>{t(`upload.changes.${kind}`)}</dt>
          </div>
        ))}
      </dl>
    </>
  );
}
