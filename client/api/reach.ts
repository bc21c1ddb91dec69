/** Whether the server answers now; a service worker leaves this address alone. */
export async function isReached(): Promise<boolean> {
  try {
    return (await fetch('healthz', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
