import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { Client, type Context, type CredentialType } from './client';
import type { ExplainFaults } from './errorMessages';
import { ProcountorError } from './errors';

/** The credential's fields that decide which company a request reaches. */
const ACCOUNT_FIELDS = [
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

/** The name of the hidden field that exists in a credential only if the given field is an expression. */
const expressionFlagName = (name: string): string => `${name}IsExpression`;

/**
 * Returns hidden fields that tell the node that a credential can differ from item to item. n8n shows a field if its
 * condition refers to a field with an expression, and checks that on the stored credential, before it resolves expressions.
 * @param missingFields fields that the credential lacks; n8n before 2.11 cannot open a credential with a condition on them
 */
export const expressionFlags = (...missingFields: Array<(typeof ACCOUNT_FIELDS)[number]>) =>
	ACCOUNT_FIELDS.filter((name) => !missingFields.includes(name)).map((name) => ({
		displayName: 'Is Expression',
		name: expressionFlagName(name),
		type: 'hidden' as const,
		// The linter expects a password field, because the name contains a secret's name.
		...(SECRETS.includes(name) ? { typeOptions: { password: true } } : {}),
		default: true,
		displayOptions: { show: { [name]: ['='] } },
	}));

/** How many items' credentials are resolved at a time. n8n reads each of them from its database. */
const CREDENTIALS_AT_ONCE = 10;

/** Returns the credential type of the node's Authentication parameter. */
function credentialTypeOf(authentication: unknown): CredentialType {
	return authentication === 'oAuth2' ? 'procountorOAuth2Api' : 'procountorApi';
}

/**
 * Opens a client for an execution of `itemCount` items. n8n sends all requests with the first item's credential. If an
 * expression gives another item a different credential, this throws, because its request would reach the wrong company.
 * @param pause yields to the event loop
 */
export async function openClient(
	context: IExecuteFunctions,
	itemCount: number,
	pause: () => Promise<void>,
	explain?: ExplainFaults,
): Promise<Client> {
	const type = credentialTypeOf(context.getNodeParameter('authentication', 0));
	const first = await context.getCredentials(type, 0);
	// Without an expression the credential is the same for all items, so that n8n has to read it only once.
	const itemsToCompare = ACCOUNT_FIELDS.some((name) => expressionFlagName(name) in first) ? itemCount : 1;
	for (let start = 1; start < itemsToCompare; start += CREDENTIALS_AT_ONCE) {
		const indexes = Array.from(
			{ length: Math.min(CREDENTIALS_AT_ONCE, itemsToCompare - start) },
			(_, offset) => start + offset,
		);
		const others = await Promise.all(indexes.map(async (index) => await context.getCredentials(type, index)));
		const different = others.findIndex((other) => ACCOUNT_FIELDS.some((name) => other[name] !== first[name]));
		if (different >= 0) throw new ProcountorError(mixedCredentials(indexes[different]));
		await pause();
	}
	return Client.open(context, type, first, explain);
}

function mixedCredentials(index: number): { message: string; advice: string } {
	return {
		message: `The credential is not the same for all items: item ${index} would go to another company than item 0`,
		advice:
			"n8n uses the first item's credential for all of them. Run one company at a time: a sub-workflow for each company, or a loop with one item.",
	};
}

/** Opens a client for pickers and triggers, which have no items. */
export async function openClientWithoutItems(
	context: Context,
	authentication: unknown,
	explain?: ExplainFaults,
): Promise<{ client: Client; credential: ICredentialDataDecryptedObject }> {
	const type = credentialTypeOf(authentication);
	const credential = await context.getCredentials<ICredentialDataDecryptedObject>(type);
	return { client: Client.open(context, type, credential, explain), credential };
}
