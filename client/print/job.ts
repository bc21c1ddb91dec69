import type { Language } from '../../server/core/layer.ts';

export const PAPERS = ['a4', 'a3'] as const;
export type Paper = (typeof PAPERS)[number];
export const ORIENTATIONS = ['landscape', 'portrait'] as const;
export type Orientation = (typeof ORIENTATIONS)[number];

/** What is to be printed, and on what. */
export interface PrintJob {
  readonly of:
    | { readonly type: 'view'; readonly id: string }
    | { readonly type: 'brief'; readonly id: string; readonly version: number | null }
    /** Of the page itself, from its "#" on: nothing of it is stored. */
    | { readonly type: 'address'; readonly address: string };
  readonly paper: Paper;
  readonly orientation: Orientation;
  /** Null: that of the brief, or of the view. */
  readonly language: Language | null;
  /** Of a single view; a brief has titles of its own. */
  readonly title: string;
  readonly note: string;
  /** Whoever asks the server for these pages has its token, which goes with the requests and is not known here. */
  readonly isHolder: boolean;
}

const TITLE = 200;
const NOTE = 4000;

const oneOf = <Choice extends string>(choices: readonly Choice[], text: string | null): Choice =>
  choices.find((choice) => choice === text) ?? (choices[0] as Choice);

/**
 * Reads `#brief=ID&version=2&paper=a3&orientation=portrait&lang=fr`, `#view=ID&title=…`, or the address of the page itself
 * with `paper` and `orientation` in it. What cannot be understood counts as not said.
 */
export function readJob(hash: string): PrintJob {
  const params = new URLSearchParams(hash.replace(/^#/, ''));
  const [view, brief, version] = ['view', 'brief', 'version'].map((name) => params.get(name));
  const language = params.get('lang');
  const of = brief
    ? ({ type: 'brief', id: brief, version: /^\d{1,9}$/.test(version ?? '') ? Number(version) : null } as const)
    : view
      ? ({ type: 'view', id: view } as const)
      : ({ type: 'address', address: hash } as const);
  return {
    of,
    paper: oneOf(PAPERS, params.get('paper')),
    orientation: oneOf(ORIENTATIONS, params.get('orientation')),
    language: language === 'fr' || language === 'en' ? language : null,
    title: (params.get('title') ?? '').trim().slice(0, TITLE),
    note: (params.get('note') ?? '').slice(0, NOTE),
    isHolder: params.has('holder'),
  };
}
