import { z } from 'zod';
import { isStorable } from './storable-text.ts';
import { type HashedView, ViewDraftSchema } from './view.ts';

/** Views that a brief may have. */
export const BRIEF_VIEWS = 50;
/** Characters (UTF-16) of a note. */
export const NOTE_LENGTH = 4000;
/** Characters (UTF-16) of a title. */
export const TITLE_LENGTH = 200;

const TitleSchema = z
  .string()
  .trim()
  .min(1, 'a title has one character or more')
  .max(TITLE_LENGTH, 'a title has at most 200 characters')
  .refine(isStorable, 'a title has neither NUL nor half a character');

/** Plain text; a blank line begins a new paragraph. */
const NoteSchema = z
  .string()
  .max(NOTE_LENGTH, 'a note has at most 4,000 characters')
  .refine(isStorable, 'a note has neither NUL nor half a character');

const BriefViewDraftSchema = z.strictObject({
  title: TitleSchema,
  note: NoteSchema.default(''),
  /** `storedAt` and `hash` as they were read, of a view that stays; left out of a new one. */
  view: ViewDraftSchema.extend({
    storedAt: z.iso.datetime('is an instant such as 2026-11-22T06:00:00.000Z').optional(),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'is a SHA-256 in hexadecimal')
      .optional(),
  }),
});

/** What is written of a brief: the body of POST and PUT. */
export const BriefDraftSchema = z.strictObject({
  title: TitleSchema,
  language: z.enum(['en', 'fr']),
  handling: z.enum(['public', 'internal']).default('internal'),
  views: z.array(BriefViewDraftSchema).max(BRIEF_VIEWS, 'a brief has at most 50 views'),
});
/** As it is written: what has a default may be left out. */
export type BriefDraft = z.input<typeof BriefDraftSchema>;

/** A page of a brief. */
export interface BriefView {
  readonly title: string;
  /** Plain text; paragraphs by blank lines. */
  readonly note: string;
  readonly view: HashedView;
}

/** Views in an order, each with a title and a note. Nobody's name is in it. */
export interface Brief {
  /** A UUID. */
  readonly id: string;
  /** From 1 on: rises with every change. */
  readonly version: number;
  readonly title: string;
  readonly language: 'en' | 'fr';
  /** Who may read it: anybody, or who has the token. */
  readonly handling: 'public' | 'internal';
  readonly views: readonly BriefView[];
  /** ISO 8601 UTC, milliseconds: of the first version, and of this one. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One of the list of briefs: a brief without its views, of which it says how many there are. */
export interface BriefEntry extends Omit<Brief, 'views'> {
  readonly views: number;
}

/** One of the versions of a brief. */
export interface BriefVersion {
  readonly version: number;
  readonly title: string;
  /** ISO 8601 UTC, milliseconds. */
  readonly updatedAt: string;
  readonly views: number;
}

export const BRIEF_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
