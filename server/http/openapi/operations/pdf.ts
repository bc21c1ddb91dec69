import { BRIEF_PDF_PARAMS, VIEW_PDF_PARAMS } from '../../pdf/params.ts';
import type { Operation } from '../operation.ts';

const pdf = { 'application/pdf': 'file' } as const;

/** Views on paper. */
export const PDF: readonly Operation[] = [
  {
    ...{ method: 'get', path: '/views/:viewId.pdf', tag: 'Briefs', summary: 'A stored view as a page for paper' },
    ...{ own: VIEW_PDF_PARAMS, answers: pdf, token: 'more' },
  },
  {
    ...{
      method: 'get',
      path: '/briefs/:briefId.pdf',
      tag: 'Briefs',
      summary: 'A brief on paper, a page for each view',
    },
    ...{ own: BRIEF_PDF_PARAMS, answers: pdf, token: 'more' },
  },
];
