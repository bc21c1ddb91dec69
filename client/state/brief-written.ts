import type { BriefDraft } from '../../server/core/brief.ts';
import type { Draft } from './brief-draft.ts';

/** As it is sent. A title that is missing is given: the server asks for one. */
export function toWritten(
  { title, language: words, handling, views }: Omit<Draft, 'id' | 'version'>,
  untitled: string,
  untitledView: (number: number) => string,
): BriefDraft {
  return {
    title: title.trim() || untitled,
    language: words,
    handling,
    views: views.map(({ title: name, note, view }, index) => ({
      title: name.trim() || untitledView(index + 1),
      note,
      view,
    })),
  };
}
