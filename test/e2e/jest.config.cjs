/** The end-to-end tests: one file after the other, its steps in order, with time for an installation of n8n. */
const unit = require('../../jest.config.cjs');

module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.test.ts'],
	transform: unit.transform,
	transformIgnorePatterns: unit.transformIgnorePatterns,
	globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
	maxWorkers: 1,
	testTimeout: 180_000,
};
