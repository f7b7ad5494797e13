/** n8n in queue mode: one file, steps in order, with time for the installation of n8n, Redis and PostgreSQL. */
const endToEnd = require('../e2e/jest.config.cjs');

module.exports = { ...endToEnd, roots: ['<rootDir>/test/queue'], maxWorkers: 1 };
