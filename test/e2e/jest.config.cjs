/** The end-to-end test alone: one file, steps in order, with time for an installation of n8n. */
const unit = require('../../jest.config.cjs');

module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.test.ts'],
	transform: unit.transform,
	transformIgnorePatterns: unit.transformIgnorePatterns,
	maxWorkers: 1,
	testTimeout: 180_000,
};
