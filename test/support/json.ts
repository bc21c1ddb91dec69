/** The body of a response as JSON; the test says what it expects to find there. */
export async function json<T>(response: Response | Promise<Response>): Promise<T> {
  return (await (await response).json()) as T;
}
