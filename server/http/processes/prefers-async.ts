/** Whether the header Prefer (RFC 7240) says that who asks comes back for the answer. */
export function prefersAsync(header: string | string[] | undefined): boolean {
  const preferences = [header ?? []].flat().join(',').split(',');
  return preferences.some((each) => /^\s*respond-async\s*(;|$)/i.test(each));
}
