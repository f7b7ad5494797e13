/** The n8n releases that tests run the package in, and what each of them needs to install and start today. */

export interface Release {
	version: string;
	/** Major version of Node.js that runs it. */
	node: 22 | 24;
	/** npm's `overrides`: versions that still resolve, and fit what their users resolve to today. */
	overrides: Record<string, string>;
	/** Packages installed beside n8n: peers that `--legacy-peer-deps` leaves out, and that its own packages expect in another version than is hoisted. */
	beside?: string[];
	/** n8n's own modules that are switched off, to start faster; a release ends at a name that it does not know. */
	disabledModules: string[];
}

const linkedom = { linkedom: '0.18.14' };
/** SheetJS left the npm registry; this is its last version there. */
const xlsx = { xlsx: '0.18.5' };
const langgraph = { '@langchain/langgraph': '1.4.18', '@langchain/langgraph-sdk': '1.12.4' };
const langchain = { ...langgraph, '@langchain/core': '1.1.49' };

const unusedModules = [
	'mcp-registry',
	'instance-ai',
	'agents',
	'chat-hub',
	'insights',
	'breaking-changes',
	'mcp',
	'workflow-builder',
];

/** From the oldest release that README claims to the newest that installs. */
export const releases: Release[] = [
	{ version: '1.94.1', node: 22, overrides: { ...linkedom, ...xlsx, zod: '3.25.76' }, disabledModules: [] },
	{
		version: '1.110.1',
		node: 22,
		overrides: { ...linkedom, ...xlsx },
		beside: ['ajv@8.17.1'],
		disabledModules: [],
	},
	{ version: '1.123.81', node: 22, overrides: { ...linkedom, ...xlsx, ...langchain }, disabledModules: [] },
	{ version: '2.0.3', node: 22, overrides: { ...linkedom, ...xlsx, ...langchain }, disabledModules: [] },
	{
		version: '2.11.2',
		node: 22,
		overrides: { ...linkedom, ...xlsx, ...langchain },
		beside: ['@opentelemetry/core@2.1.0'],
		disabledModules: [],
	},
	{ version: '2.41.1', node: 24, overrides: { ...linkedom, ...langgraph }, disabledModules: unusedModules },
];

/** The release of the end-to-end tests. */
export const currentRelease = releases[releases.length - 1];

/** @throws for a version that is not listed here */
export function releaseOf(version: string): Release {
	const release = releases.find((one) => one.version === version);
	if (!release)
		throw new Error(
			`n8n ${version} is not in test/e2e/releases.ts. Listed are ${releases.map((one) => one.version).join(', ')}`,
		);
	return release;
}
