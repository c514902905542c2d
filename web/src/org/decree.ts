/** Many write the number of a decree with its word before it. */
export const decreeText = (n: string) => /^SK\b/i.test(n) ? n : `SK ${n}`;
