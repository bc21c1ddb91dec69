/** Part of the page's first texts (en.ts): what is said without a network must be there already. */
export const reachEn = {
  'stale.title': 'No connection.',
  'stale.kept': 'What is shown was kept on {date} ({age}). What has not been looked at before is missing.',
  'stale.nothing': 'What has not been looked at before is missing.',
  'stale.trying': 'The page goes on trying, and is brought up to date by itself.',
  'stale.try': 'Try now',
  'saver.on': 'Save data: on. Switch off',
  'saver.off': 'Save data: off. Switch on',
  'saver.title': 'Data is saved.',
  'saver.note': 'The base map is coarser and names fewer places; records and counts are all there.',
  'saver.stop': 'Switch off',
};
