/** The text that an expression or a spreadsheet makes of a missing value, an object or a broken cell. */
const MISSING = /^(null|undefined|nan|none|n\/a|true|false|\{\s*\}|\[\s*\]|#n\/a|#\p{L}{3,}(\/0)?[!?])$/iu;
/** The same inside a longer text: `WEB-undefined`. */
const CONTAINS_MISSING = /(^|[^\p{L}\p{N}])(undefined|NaN)($|[^\p{L}\p{N}])|\[object \w+\]/u;

/** Whether a text that should identify a record comes from a missing value, such as `undefined` or `#REF!`. */
export const isMissingText = (text: string): boolean => MISSING.test(text.trim()) || CONTAINS_MISSING.test(text);
