/** The server that answers in every way: minutes of deadlines and refusals, so it has a command of its own. */
module.exports = {
	...require('../../jest.config.cjs'),
	rootDir: '../..',
	testMatch: ['<rootDir>/test/hostile/kinds.ts'],
};
