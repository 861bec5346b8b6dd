/**
 * Whether tests run at full size (`make test-thorough`). `make test` must not take long, so there some matrices are
 * reduced to their extremes, and some loads to a part.
 */
export const isThorough = process.env.THOROUGH === '1';
