/** What a promise was rejected with; throws if it was fulfilled. For tests that look at an error closely. */
export async function failureOf(
  promise: Promise<unknown>,
): Promise<Error & { cause?: unknown; status?: number }> {
  return await promise.then(
    () => {
      throw new Error('It should have failed.');
    },
    (error) => error,
  );
}
