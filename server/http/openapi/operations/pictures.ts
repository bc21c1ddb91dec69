import { PICTURE_PARAMS } from '../../picture/picture-params.ts';
import type { Operation } from '../operation.ts';

/** The map drawn by the server, for who has none. */
export const PICTURES: readonly Operation[] = [
  {
    method: 'get',
    path: '/picture.svg',
    tag: 'Tiles',
    summary: 'The map as a picture',
    params: ['lang', 'theme', 'known_at'],
    own: PICTURE_PARAMS,
    answers: { 'image/svg+xml': 'file' },
    token: 'more',
  },
  {
    method: 'get',
    path: '/picture.html',
    tag: 'Tiles',
    summary: 'The map as a picture, with what it shows as a table and its legend',
    params: ['lang', 'theme', 'known_at'],
    own: PICTURE_PARAMS,
    answers: { 'text/html': 'file' },
    token: 'more',
  },
];
