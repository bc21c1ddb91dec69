import type { Repair } from '../server/core/mapping.ts';
import type { UploadAccount } from './api/upload-types.ts';
import { plural, t } from './i18n/text.ts';

/** Records that would be on the map. */
export const publishable = ({ unchanged, repaired }: Pick<UploadAccount, 'unchanged' | 'repaired'>): number =>
  unchanged + repaired;

/** An account as people say it; what is zero is not mentioned. */
export function summarySentences(account: UploadAccount): string[] {
  const { read, repaired, unlocated, quarantined, skipped } = account;
  const good = publishable(account);
  const sentences = [plural('upload.summary.read', read)];
  if (read > 0) {
    if (good === read) sentences.push(plural('upload.summary.all', read));
    else if (good === 0) sentences.push(t('upload.summary.none'));
    else sentences.push(plural('upload.summary.some', good));
  }
  if (repaired > 0) sentences.push(plural('upload.summary.repaired', repaired));
  if (quarantined > 0) sentences.push(plural('upload.summary.quarantined', quarantined));
  if (unlocated > 0) sentences.push(plural('upload.summary.unlocated', unlocated));
  if (skipped > 0) sentences.push(plural('upload.summary.skipped', skipped));
  return sentences;
}

/** A repair that is offered: what it is about, and what the button says. */
export interface Offer {
  readonly repair: Repair;
  readonly text: string;
  readonly label: string;
}

const OFFERED = ['sign-flipped', 'axes-swapped', 'self-crossing', 'duplicate-exact', 'mojibake'] as const;

/** Asks about each repair that is off and that some records want, the positions first. */
export function offers(account: UploadAccount, repairs: readonly Repair[]): Offer[] {
  const found = new Map(account.issues.map((issue) => [issue.code, issue.count]));
  const outside = found.get('region-outside') ?? 0;
  return OFFERED.filter((repair) => (found.get(repair) ?? 0) > 0 && !repairs.includes(repair)).map((repair) => {
    const number = found.get(repair) ?? 0;
    // What fits with the other sign does so because it lies outside of the region that it names now.
    const isOfThose = repair === 'sign-flipped' && outside > 0;
    const text = isOfThose
      ? plural('upload.offer.outside', number, { outside: plural('upload.offer.lie', outside) })
      : plural(`upload.offer.${repair}`, number);
    return { repair, text, label: t(`upload.offer.${repair}.do`) };
  });
}
