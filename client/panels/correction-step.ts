import type { Feature } from 'geojson';
import type { Author } from '../../server/core/authors.ts';
import type { RecordChange } from '../../server/core/correction.ts';
import { type CorrectedRecord, getRecordToCorrect, sendChanges } from '../api/changes.ts';
import { ApiError } from '../api.ts';
import { t } from '../i18n/text.ts';
import { renewMap } from '../map/start.ts';
import { isSame } from '../state/correct-change.ts';
import { begin } from '../state/correct-session.ts';
import { remember } from '../state/undo.ts';
import { closeCorrection, corrected } from '../state.ts';
import { token } from '../token.ts';

/** The change that takes one state of a record to another, whatever its ETag is by now. */
async function changeBetween(layer: string, from: Feature | null, to: Feature | null): Promise<RecordChange> {
  const feature = to && { type: 'Feature', geometry: to.geometry, properties: to.properties };
  if (from === null) return { op: 'add', feature: feature as NonNullable<typeof feature> };
  const id = Number(from.id);
  const now = await getRecordToCorrect(token.peek(), layer, id);
  if (!isSame([now.feature.geometry, now.feature.properties], [from.geometry, from.properties]))
    throw new ApiError(t('correct.changedSince'), 412);
  return feature ? { op: 'replace', id, ifMatch: now.tag, feature } : { op: 'withdraw', id, ifMatch: now.tag };
}

/** Why, and who says so. */
interface Signed {
  readonly reason: string;
  readonly author: Author;
}

async function bring(layer: string, from: Feature | null, to: Feature | null, signed: Signed): Promise<void> {
  const changes = [await changeBetween(layer, from, to)];
  const { generation } = await sendChanges(token.peek(), layer, { ...signed, changes, dryRun: false });
  // It is published, whether or not the map can be drawn with it now.
  await renewMap({ layer, generation }).catch(() => undefined);
  readAgain(layer, Number((from ?? to)?.id), to === null);
}

/** The panel shows the record as it is by now, with what is being written of it; of one that is gone there is nothing to show. */
function readAgain(layer: string, id: number, isGone: boolean): void {
  const open = corrected.peek();
  if (open?.layer !== layer) return;
  if (open.id === id && isGone) closeCorrection();
  else if (open.id === id || open.id === null) void begin(layer, open.id);
}

/** An undone correction is one more correction, the other way round, which says of itself that it is. */
export function rememberCorrection(
  layer: string,
  before: Feature | null,
  { change, feature: after }: CorrectedRecord,
  author: Author,
): void {
  const title = t(`correct.step.${change}`);
  remember({
    title: () => t(`correct.step.${change}`),
    undo: () => bring(layer, after, before, { reason: t('correct.undone', { what: title }), author }),
    redo: () => bring(layer, before, after, { reason: t('correct.redone', { what: title }), author }),
  });
}
