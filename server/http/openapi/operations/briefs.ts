import { BRIEF_VERSION_PARAM } from '../../briefs/version-param.ts';
import type { Operation } from '../operation.ts';

const tag = 'Briefs';
const BRIEF = { 'application/json': 'Brief' } as const;
const BODY = { 'application/json': 'BriefToSend' } as const;

/** What the page shows, stored, and such views in an order. */
export const BRIEFS: readonly Operation[] = [
  {
    tag,
    method: 'post',
    path: '/views',
    summary: 'Store what the page shows: 201, or 200 when it is there already',
    body: { 'application/json': 'ViewToStore' },
    answers: { 'application/json': 'StoredView' },
    status: 201,
  },
  {
    tag,
    method: 'get',
    path: '/views/:viewId',
    summary: 'What was stored, and what has changed since',
    answers: { 'application/json': 'OpenedView' },
    token: 'more',
  },
  {
    tag,
    method: 'get',
    path: '/briefs',
    summary: 'The briefs',
    answers: { 'application/json': 'Briefs' },
    token: 'more',
  },
  {
    tag,
    method: 'post',
    path: '/briefs',
    summary: 'Make a brief',
    body: BODY,
    answers: BRIEF,
    status: 201,
    token: 'needed',
  },
  {
    tag,
    method: 'get',
    path: '/briefs/:briefId',
    summary: 'A brief with its views',
    own: { version: BRIEF_VERSION_PARAM },
    answers: BRIEF,
    token: 'more',
  },
  {
    tag,
    method: 'put',
    path: '/briefs/:briefId',
    summary: 'Give a brief its next version',
    headers: { 'If-Match': 'The ETag of the brief as it was read; needed' },
    body: BODY,
    answers: BRIEF,
    token: 'needed',
  },
  {
    tag,
    method: 'delete',
    path: '/briefs/:briefId',
    summary: 'Delete a brief with all its versions',
    headers: { 'If-Match': 'The ETag of the brief as it was read: 412 where it was changed since' },
    answers: {},
    status: 204,
    token: 'needed',
  },
  {
    tag,
    method: 'get',
    path: '/briefs/:briefId/versions',
    summary: 'The versions of a brief, the newest first',
    answers: { 'application/json': 'BriefVersions' },
    token: 'more',
  },
];
