import type { UploadAccount } from './api/upload-types.ts';
import { count, t } from './i18n/text.ts';

/** Records that would be on the map. */
export const publishable = ({ unchanged, repaired }: Pick<UploadAccount, 'unchanged' | 'repaired'>): number =>
  unchanged + repaired;

/** An account as people say it; what is zero is not mentioned. */
export function summarySentences(account: UploadAccount): string[] {
  const { read, repaired, unlocated, quarantined, skipped } = account;
  const good = publishable(account);
  const sentences = [read === 1 ? t('upload.summary.readOne') : t('upload.summary.read', { count: count(read) })];
  if (read > 0) {
    if (good === read) sentences.push(t('upload.summary.all'));
    else if (good === 0) sentences.push(t('upload.summary.none'));
    else sentences.push(t('upload.summary.some', { count: count(good) }));
  }
  if (repaired > 0) sentences.push(t('upload.summary.repaired', { count: count(repaired) }));
  if (quarantined > 0) sentences.push(t('upload.summary.quarantined', { count: count(quarantined) }));
  if (unlocated > 0) sentences.push(t('upload.summary.unlocated', { count: count(unlocated) }));
  if (skipped > 0) sentences.push(t('upload.summary.skipped', { count: count(skipped) }));
  return sentences;
}
