// Whole kronor, as people write them and as the pages show them.

/** The number in a text such as "1 250 000 kr"; an empty or wordy one counts as 0. */
export const read = (text) => Number.parseInt(text.replace(/\D/g, ''), 10) || 0;

/** The number with hard spaces and a true minus sign. */
export const write = (kronor) =>
  (kronor < 0 ? '−' : '') + String(Math.abs(kronor)).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
