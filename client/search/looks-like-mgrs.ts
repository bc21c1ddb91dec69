/** Whether a text may be an MGRS reference, so that the package that reads it is worth fetching. */
export const looksLikeMgrs = (text: string): boolean =>
  /^\s*\d{1,2}[\s-]*[c-hj-np-x][\s-]*[a-hj-np-z][\s-]*[a-hj-np-v][\s\d-]*$/i.test(text);
