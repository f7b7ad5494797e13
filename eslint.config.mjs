import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { GIVEN_BY_N8N, publishingRules } from './scripts/gate/rules.mjs';

export default defineConfig(
	globalIgnores(['dist/', 'coverage/', '.scratch/']),
	// The gate does not listen to comments that switch rules off, so neither do we.
	{ linterOptions: { noInlineConfig: true } },
	{ files: ['**/*.{ts,js,mjs,cjs}'], extends: [js.configs.recommended] },
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommended],
		// The compiler's own spelling of an argument that is not used.
		rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
	},
	publishingRules,
	{
		files: ['{nodes,credentials}/**/*.ts'],
		rules: {
			// n8n's own rule lets every development dependency through; none of them exists where the node runs.
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: `^(?!\\.{1,2}/|(?:${GIVEN_BY_N8N.join('|')})$)`,
							message: 'n8n does not give this module to community nodes.',
						},
						{ regex: '\\.node$|(?:^|/)test/', message: 'Nothing that ships builds on a node file or on tests.' },
					],
				},
			],
		},
	},
	{
		files: ['{nodes,credentials}/**/*.ts'],
		ignores: ['nodes/Procountor/api/contract/schemas.d.ts'],
		rules: {
			complexity: ['error', 15],
			'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
			// The formatter breaks code at 120 columns; this is for comments, and for what it cannot break. Messages stand on one line.
			'max-len': [
				'error',
				{ code: 140, tabWidth: 2, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true },
			],
		},
	},
	{ files: ['**/*.mjs'], languageOptions: { globals: namesOf(globalThis) } },
	{ files: ['index.js', '**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
);

function namesOf(scope) {
	return Object.fromEntries(Object.getOwnPropertyNames(scope).map((name) => [name, 'readonly']));
}
