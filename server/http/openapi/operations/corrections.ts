import type { Operation } from '../operation.ts';

const WHY = {
  'Change-Reason': 'Why, as percent-encoded UTF-8 of 3 to 1,000 characters; needed',
  'Change-Author':
    'The part that its author plays: analyst (when left out), gis-officer, planner, field-team, partner, administrator',
};
const READ = { ...WHY, 'If-Match': 'The ETag of the record as it was read; needed' };
const correction = { tag: 'Corrections', token: 'needed' } as const;
const FEATURE = { 'application/geo+json': 'Feature' } as const;

/** Single records, and the settings of a collection. */
export const CORRECTIONS: readonly Operation[] = [
  {
    ...correction,
    method: 'post',
    path: '/collections/:id/items',
    summary: 'Add a record',
    headers: WHY,
    body: { 'application/geo+json': 'RecordToSend', 'application/json': 'RecordToSend' },
    answers: FEATURE,
    status: 201,
  },
  {
    ...correction,
    method: 'put',
    path: '/collections/:id/items/:featureId',
    summary: 'Replace a record',
    headers: READ,
    body: { 'application/geo+json': 'RecordToSend', 'application/json': 'RecordToSend' },
    answers: FEATURE,
  },
  {
    ...correction,
    method: 'patch',
    path: '/collections/:id/items/:featureId',
    summary: 'Change some of a record, or move it',
    headers: READ,
    body: { 'application/merge-patch+json': 'RecordChanges', 'application/json': 'RecordChanges' },
    answers: FEATURE,
  },
  {
    ...correction,
    method: 'delete',
    path: '/collections/:id/items/:featureId',
    summary: 'Withdraw a record: earlier versions keep it',
    headers: READ,
    answers: { 'application/json': 'Document' },
  },
  {
    ...correction,
    method: 'post',
    path: '/collections/:id/changesets',
    summary: 'Several corrections as one version, or what they would come to',
    body: { 'application/json': 'ChangeSet' },
    answers: { 'application/json': 'Corrected' },
  },
  {
    ...correction,
    method: 'get',
    path: '/collections/:id/items/:featureId/history',
    summary: 'What became of a record: when, why, from which version to which, before and after',
    answers: { 'application/json': 'RecordHistory' },
    token: 'more',
  },
  {
    ...correction,
    method: 'patch',
    path: '/collections/:id',
    summary: 'Set how a collection is called, from whom it is and how it is drawn',
    headers: { 'If-Match': 'The ETag of the collection as it was read: 412 where it was set otherwise since' },
    body: { 'application/json': 'Settings' },
    answers: { 'application/json': 'Collection' },
  },
];
