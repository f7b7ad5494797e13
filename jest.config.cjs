/** Unit, contract and engine tests. The engine tests load the built package from dist, as n8n does. */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '/test/e2e/', '/test/browser/', '/test/queue/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json', '<rootDir>/.scratch/'],
	transform: { '^.+\\.(t|j)s$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
	// openapi-backend's reference parser is an ES module, which jest loads only when it is compiled.
	transformIgnorePatterns: ['/node_modules/(?!@apidevtools/)'],
	setupFiles: ['<rootDir>/test/propertySeed.ts'],
	maxWorkers: 2,
	// A bound for what hangs; a slow machine fails nothing.
	testTimeout: 120_000,
};
