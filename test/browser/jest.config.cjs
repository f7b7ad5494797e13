/** The browser test alone: one file, steps in order, with time for an installation of n8n and Chromium. */
const endToEnd = require('../e2e/jest.config.cjs');

module.exports = { ...endToEnd, roots: ['<rootDir>/test/browser'], maxWorkers: 1 };
