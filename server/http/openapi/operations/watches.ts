import { FEED_KEY_PARAM } from '../../watches/key-param.ts';
import type { Operation } from '../operation.ts';

const JSON_WATCH = { 'application/json': 'Watch' } as const;
const JSON_FEED = { 'application/json': 'FeedAddress' } as const;
const watched = { tag: 'Processes', token: 'needed' } as const;

/** Questions that are asked again when their layers change. */
export const WATCHES: readonly Operation[] = [
  {
    ...watched,
    method: 'get',
    path: '/watches',
    summary: 'Questions that are asked again when their layers change',
    answers: { 'application/json': 'Watches' },
  },
  {
    ...watched,
    method: 'post',
    path: '/watches',
    summary: 'Watch a question',
    body: { 'application/json': 'WatchToSend' },
    answers: JSON_WATCH,
    status: 201,
  },
  {
    ...watched,
    method: 'get',
    path: '/watches/digest',
    summary: 'What changed in their answers, the newest first',
    params: ['limit', 'offset'],
    answers: { 'application/json': 'Digest' },
  },
  {
    ...watched,
    method: 'get',
    path: '/watches/feed',
    summary: 'Where the feed is, which takes no token',
    answers: JSON_FEED,
  },
  {
    ...watched,
    method: 'post',
    path: '/watches/feed',
    summary: 'Give the feed another address: the one before opens nothing any more',
    answers: JSON_FEED,
  },
  {
    tag: 'Processes',
    method: 'get',
    path: '/watches/feed.atom',
    summary: 'The same of public records, as Atom (RFC 4287)',
    params: ['lang'],
    own: { key: FEED_KEY_PARAM },
    answers: { 'application/atom+xml': 'file' },
  },
  {
    ...watched,
    method: 'get',
    path: '/watches/:watchId',
    summary: 'A watched question, with its last answer',
    answers: JSON_WATCH,
  },
  {
    ...watched,
    method: 'patch',
    path: '/watches/:watchId',
    summary: 'Call it otherwise, or have a brief made of it, or none',
    body: { 'application/json': 'WatchChanges' },
    answers: JSON_WATCH,
  },
  {
    ...watched,
    method: 'delete',
    path: '/watches/:watchId',
    summary: 'Watch it no more: what was told of it goes too',
    answers: {},
    status: 204,
  },
];
