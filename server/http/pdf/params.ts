import { z } from 'zod';
import { LANGUAGES } from '../../core/layer.ts';
import { BRIEF_VERSION_PARAM } from '../briefs/version-param.ts';
import { oneOf } from '../params.ts';

/** How pages are to be: of a view, and of a brief. */
export const VIEW_PDF_PARAMS = {
  paper: oneOf('paper', ['a4', 'a3'], 'The paper: a4 when it is left out.'),
  orientation: oneOf('orientation', ['landscape', 'portrait'], 'How it lies: landscape when it is left out.'),
  lang: oneOf('lang', LANGUAGES, 'Language of the words: when it is left out that of the brief, or English.'),
  title: z
    .string()
    .max(200, 'title has at most 200 characters')
    .optional()
    .meta({ description: 'What stands above the map; else the title of the map.', written: { type: 'string' } }),
  note: z
    .string()
    .max(4000, 'note has at most 4,000 characters')
    .optional()
    .meta({
      description: 'What stands beside the map; a blank line begins a new paragraph.',
      written: { type: 'string' },
    }),
};

const { title: _title, note: _note, ...COMMON } = VIEW_PDF_PARAMS;
export const BRIEF_PDF_PARAMS = { ...COMMON, version: BRIEF_VERSION_PARAM };
