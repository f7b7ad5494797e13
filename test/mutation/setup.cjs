/** A change that random inputs notice is not to be narrowed down. */
const fc = require('fast-check');

fc.configureGlobal({ endOnFailure: true });
