import { type BriefDraft, NOTE_LENGTH, TITLE_LENGTH } from '../../core/brief.ts';
import type { Language } from '../../core/layer.ts';
import type { DigestEntry, Rhythm, Watch } from '../../core/watch.ts';
import { figureSentence } from '../../core/watch-words.ts';

/** Of an address what is no part of what is shown: other views, and panels of the digest itself. */
const LEFT_OUT = ['view', 'brief', 'present', 'watch', 'asof'];
/** Entries, and numbers of each, that a note tells. */
const ENTRIES = 5;
const FIGURES = 8;

const TITLES: Readonly<Record<Exclude<Rhythm, 'none'>, Readonly<Record<Language, string>>>> = {
  weekly: { en: 'Watched questions, week by week', fr: 'Questions suivies, semaine après semaine' },
  monthly: { en: 'Watched questions, month by month', fr: 'Questions suivies, mois après mois' },
};
const WORDS = {
  en: { unasked: 'It has not been answered yet.', same: 'Nothing has changed since', asOf: 'As of', since: 'Since' },
  fr: {
    ...{ unasked: 'Elle n’a pas encore de réponse.', same: 'Rien n’a changé depuis le' },
    ...{ asOf: 'À la date du', since: 'Depuis le' },
  },
} as const;

const colon = (lang: Language) => (lang === 'fr' ? '\u00a0:' : ':');

function dayText(iso: string, lang: Language): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, options).format(new Date(iso));
}

/** A text of so many characters at most, which does not end within one. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The fragment that shows a question on the map; of one that was saved without, the layers that it was asked of. */
function addressOf({ address, asked }: Watch): string {
  const parts = address.slice(1).split('&');
  const kept = parts.filter((part) => part !== '' && !LEFT_OUT.includes(part.split('=')[0] as string));
  return kept.length > 0 ? `#${kept.join('&')}` : `#layers=${Object.keys(asked ?? {}).join(',')}`;
}

/** What was found since: the answer as it is, then what changed, each with the numbers. Paragraphs by blank lines. */
function noteOf({ text, answeredAt, language: lang }: Watch, entries: readonly DigestEntry[], since: string): string {
  const words = WORDS[lang];
  const now =
    text && answeredAt ? `${words.asOf} ${dayText(answeredAt, lang)}${colon(lang)} ${text[lang]}` : words.unasked;
  const told = entries.flatMap(({ at, kind, content }) =>
    content && kind !== 'begun' && kind !== 'recovered' ? [{ at, content }] : [],
  );
  const changes = told.slice(0, ENTRIES).map(({ at, content: { summary, figures } }) => {
    // The first are in the summary.
    const rest = figures.slice(3, 3 + FIGURES).map((figure) => figureSentence(figure, lang));
    return `${dayText(at, lang)}${colon(lang)} ${[summary[lang], ...rest].join(' ')}`;
  });
  const day = dayText(since, lang);
  const paragraphs =
    changes.length === 0 ? [`${words.same} ${day}.`] : [`${words.since} ${day}${colon(lang)}`, ...changes];
  return shortened([...paragraphs, now].join('\n\n'), NOTE_LENGTH);
}

/** A watched question with what was told of it since the last brief. */
export interface WatchedSince {
  readonly watch: Watch;
  readonly entries: readonly DigestEntry[];
}

/** The brief of a rhythm: a view for each question, with its figures as the note. */
export function toBriefDraft(
  rhythm: Exclude<Rhythm, 'none'>,
  watched: readonly WatchedSince[],
  { language, handling, since }: Pick<Watch, 'language' | 'handling'> & { readonly since: string },
): BriefDraft {
  return {
    ...{ title: TITLES[rhythm][language], language, handling },
    views: watched.map(({ watch, entries }) => ({
      title: shortened(watch.title, TITLE_LENGTH),
      note: noteOf(watch, entries, since),
      view: { address: addressOf(watch), layers: { ...watch.asked } },
    })),
  };
}
