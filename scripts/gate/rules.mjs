// The rule sets that n8n refuses a verified community node by, on the plugins installed here. `lint`, `lint:gate` and
// `lint:descriptions` all read them from this one place.
import communityNodes from '@n8n/eslint-plugin-community-nodes';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** The modules that n8n gives a community node at run time; everything else must be its own. */
export const GIVEN_BY_N8N = ['n8n-workflow', 'lodash', 'luxon', 'moment', 'zod', 'p-limit', 'crypto', 'node:crypto'];

/** What ships: the manifest, the entry file, the compiled code, and the sources it comes from. */
const SHIPPED = ['package.json', '**/*.js', '**/{nodes,credentials}/**/*.{ts,json}'];

/** ESLint flat configuration, in the order in which n8n's own command line and its gate apply these rules. */
export const publishingRules = [
	{ ...communityNodes.configs.recommended, files: SHIPPED },
	{ files: SHIPPED, rules: { 'no-console': 'error' } },
	{ plugins: { 'n8n-nodes-base': nodesBase } },
	{ files: ['package.json'], rules: nodesBase.configs.community.rules },
	{
		files: ['**/credentials/**/*.ts'],
		rules: {
			...nodesBase.configs.credentials.rules,
			// Community nodes link to a whole URL, which is no camel case word.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			// The other plugin's rule of this purpose knows more names.
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['**/nodes/**/*.ts'],
		rules: {
			...nodesBase.configs.nodes.rules,
			// These two want the string 'main' where the other plugin wants NodeConnectionTypes.Main.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			// An API may have a greatest limit of its own.
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	// JSON has no parser of its own in ESLint; the rules on package.json expect the tree of this one.
	{ files: ['**/*.json', '**/*.ts'], languageOptions: { parser: tseslint.parser } },
];
