import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { Client, type Context, type CredentialType } from './client';
import type { ExplainFaults } from './errorMessages';
import { ProcountorError } from './errors';

/** The fields that decide whose data a request reaches. */
const DECISIVE = [
	'environment',
	'baseUrl',
	'apiVersion',
	'versionNumber',
	'clientId',
	'clientSecret',
	'apiKey',
	'redirectUri',
] as const;

const SECRETS: readonly string[] = ['clientSecret', 'apiKey'];

/** The name of the hidden field that a credential has if one of those fields is an expression. */
const markOf = (name: string): string => `${name}IsExpression`;

/**
 * The hidden fields by which the node knows that a credential can differ from item to item. n8n shows a field whose condition
 * stands on an expression, whatever the condition is, and decides that by what is stored, before it resolves anything.
 * @param lacking fields that the credential does not have: n8n before 2.11 opens no credential with a condition on such a field
 */
export const expressionMarks = (...lacking: Array<(typeof DECISIVE)[number]>) =>
	DECISIVE.filter((name) => !lacking.includes(name)).map((name) => ({
		displayName: 'Is Expression',
		name: markOf(name),
		type: 'hidden' as const,
		// The linter takes the name of a secret for one.
		...(SECRETS.includes(name) ? { typeOptions: { password: true } } : {}),
		default: true,
		displayOptions: { show: { [name]: ['='] } },
	}));

/** How many items' credentials are resolved at a time: n8n reads them one by one from its database, and works on each. */
const AT_ONCE = 10;

/** The type of credential that the node is set to. */
function credentialTypeOf(authentication: unknown): CredentialType {
	return authentication === 'oAuth2' ? 'procountorOAuth2Api' : 'procountorApi';
}

/**
 * Opens Procountor for an execution of `itemCount` items. n8n sends all items with the credential of the first one. If
 * an expression makes the credential different for another item, it is refused, because the request would reach the
 * wrong company. `pause` yields to the event loop.
 */
export async function openClient(
	context: IExecuteFunctions,
	itemCount: number,
	pause: () => Promise<void>,
	explain?: ExplainFaults,
): Promise<Client> {
	const type = credentialTypeOf(context.getNodeParameter('authentication', 0));
	const first = await context.getCredentials(type, 0);
	// Without an expression it is the same for all items, and n8n need not read it from its database for each.
	const differing = DECISIVE.some((name) => markOf(name) in first) ? itemCount : 1;
	for (let start = 1; start < differing; start += AT_ONCE) {
		const indexes = Array.from({ length: Math.min(AT_ONCE, differing - start) }, (_, offset) => start + offset);
		const others = await Promise.all(indexes.map(async (index) => await context.getCredentials(type, index)));
		const different = others.findIndex((other) => DECISIVE.some((name) => other[name] !== first[name]));
		if (different >= 0) throw new ProcountorError(mixed(indexes[different]));
		await pause();
	}
	return Client.open(context, type, first, explain);
}

function mixed(index: number): { message: string; advice: string } {
	return {
		message: `The credential is not the same for all items: item ${index} would go to another company than item 0`,
		advice:
			"n8n uses the first item's credential for all of them. Run one company at a time: a sub-workflow for each company, or a loop with one item.",
	};
}

/** Opens Procountor for pickers and triggers, which have no items. */
export async function openWith(
	context: Context,
	authentication: unknown,
	explain?: ExplainFaults,
): Promise<{ client: Client; credential: ICredentialDataDecryptedObject }> {
	const type = credentialTypeOf(authentication);
	const credential = await context.getCredentials<ICredentialDataDecryptedObject>(type);
	return { client: Client.open(context, type, credential, explain), credential };
}
