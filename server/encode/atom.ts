import type { Language } from '../core/layer.ts';
import type { DigestEntry } from '../core/watch.ts';
import { figureSentence, recordsSentence } from '../core/watch-words.ts';
import { escapeXml } from './xml.ts';

/** What a feed says of itself. */
export interface AtomFeed {
  /** Of the server, without a final slash. */
  readonly base: string;
  /** Where the feed is, with what opens it. */
  readonly self: string;
  readonly language: Language;
  /** When the feed began, ISO 8601 UTC: for one without entries. */
  readonly since: string;
}

const WORDS = {
  en: {
    ...{ title: 'Watched questions', about: 'What changed in the answers to watched questions. Public records only.' },
    ...{ added: 'New records', removed: 'Records that are gone', changed: 'Records that changed' },
    ...{ before: 'Before', after: 'Now', more: 'and further ones' },
  },
  fr: {
    ...{
      title: 'Questions suivies',
      about: 'Ce qui a changé dans les réponses aux questions suivies. Fiches publiques seulement.',
    },
    ...{ added: 'Fiches nouvelles', removed: 'Fiches retirées', changed: 'Fiches modifiées' },
    ...{ before: 'Avant', after: 'Maintenant', more: 'et d’autres' },
  },
} as const;

const element = (name: string, text: string, attributes = '') => `<${name}${attributes}>${escapeXml(text)}</${name}>`;
const link = (rel: string, href: string, type: string) =>
  `<link rel="${rel}" href="${escapeXml(href)}" type="${type}"/>`;

/** An entry as paragraphs of plain text: readers show it wherever they are. */
function contentOf({ content }: DigestEntry, lang: Language): string {
  if (!content) return '';
  const words = WORDS[lang];
  const colon = lang === 'fr' ? '\u00a0: ' : ': ';
  const records = content.records.flatMap((each) => [
    recordsSentence(each, lang),
    ...(['added', 'removed', 'changed'] as const).flatMap((kind) => {
      const [listed, count] = [each.items[kind], each.counts[kind]];
      const more = count > listed.length ? ` ${words.more}` : '';
      return listed.length === 0 ? [] : [`${words[kind]}${colon}${listed.map(([item]) => item).join(', ')}${more}`];
    }),
  ]);
  const texts = [
    content.summary[lang],
    ...records,
    ...content.figures.map((figure) => figureSentence(figure, lang)),
    ...(content.before ? [`${words.before}${colon}${content.before[lang]}`] : []),
    ...(content.before && content.after ? [`${words.after}${colon}${content.after[lang]}`] : []),
  ];
  return texts.join('\n\n');
}

/** The digest as an Atom feed (RFC 4287): entries as they are given, the newest first. None of them is taken back. */
export function toAtom(entries: readonly DigestEntry[], { base, self, language: lang, since }: AtomFeed): string {
  const words = WORDS[lang];
  // The same wherever the server is reached from: readers know a feed by it.
  const id = 'urn:azalai:watched-questions';
  const head = [
    element('id', id),
    element('title', words.title),
    element('subtitle', words.about),
    element('updated', entries[0]?.at ?? since),
    '<author><name>Azalai</name></author>',
    link('self', self, 'application/atom+xml'),
    link('alternate', `${base}/#lang=${lang}&watch`, 'text/html'),
  ];
  const body = entries.map((entry) => {
    const alternate = `${base}/#lang=${lang}&watch=${entry.id}`;
    return `<entry>${[
      element('id', `urn:uuid:${entry.id}`),
      element('title', entry.title),
      element('published', entry.at),
      element('updated', entry.at),
      link('alternate', alternate, 'text/html'),
      `<category term="${entry.kind}"/>`,
      element('summary', entry.content?.summary[lang] ?? '', ' type="text"'),
      element('content', contentOf(entry, lang), ' type="text"'),
    ].join('')}</entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}">${[...head, ...body].join('\n')}</feed>\n`;
}
