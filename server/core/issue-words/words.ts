import type { Localized } from '../layer.ts';
import type { Repair } from '../mapping.ts';

/** What an issue is called, and what its sender can do. */
export interface IssueWords {
  /** As a heading, after a number: "146: Outside the region that is named". */
  readonly title: Localized;
  /** One or two sentences. */
  readonly advice: { readonly en: string; readonly fr: string };
  /** The repair that mends it, where there is one. */
  readonly repair?: Repair;
}

/** Title and advice, in English and in French. */
export function words(titleEn: string, titleFr: string, en: string, fr: string, repair?: Repair): IssueWords {
  return { title: { en: titleEn, fr: titleFr }, advice: { en, fr }, ...(repair && { repair }) };
}
