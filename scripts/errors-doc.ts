// The page docs/errors.md, made from the tables that the node explains errors with. `npm run docs:operations` writes it.
import { addressOf, type Address } from '../nodes/Procountor/api/address';
import { problemOf, pauseMessage } from '../nodes/Procountor/api/errorMessages';
import { adviceOf, messageOf } from '../nodes/Procountor/api/errors';
import type { Outcome } from '../nodes/Procountor/api/response';
import { explain, knownCodes, knownTexts } from '../nodes/Procountor/labels/errorCodes';

/** One example of each text that Procountor writes without a code. */
const TEXTS = [
	"Value of 'deliveryAddress.country' cannot be blank",
	'VAT percentage is not in use',
	'Another partner with the same number and different VAT number exists',
];

const READ = { call: 'GET /invoices/{invoiceId}', noun: 'invoice 4711', path: { invoiceId: 4711 } };
const WRITE = { call: 'PUT /invoices/{invoiceId}/approve', noun: 'invoice 4711', path: { invoiceId: 4711 } };

const answered = (statusCode: number, body: unknown = { errors: [] }): Outcome => ({ statusCode, headers: {}, body });

/** What Procountor or the network can answer, and the request that it answers. */
const OUTCOMES: Array<[what: string, outcome: Outcome, asked: typeof READ, versionNumber?: string]> = [
	['400, 409 or 422 without a reason', answered(400), WRITE],
	['401, also with a new token', answered(401), READ],
	['403', answered(403), WRITE],
	['404', answered(404), READ],
	['405 or 415', answered(405), WRITE],
	['404 or 410, to every request, with a version number in the credential', answered(410), READ, '2502'],
	['429, after several tries', answered(429), READ],
	[
		'after a `Retry-After` of more than three minutes, to every request until then',
		{ failure: 'paused', reason: pauseMessage(Date.UTC(2026, 10, 2, 9)) },
		READ,
	],
	['3xx', answered(302), READ],
	['500 and higher, to a read', answered(500), READ],
	['500 and higher, to a write', answered(500), WRITE],
	['200 with a web page, to a read', answered(200, '<html>'), READ],
	['200 with a web page, to a write', answered(200, '<html>'), WRITE],
	['no connection', { failure: 'unreachable', reason: 'ECONNREFUSED' }, READ],
	['the connection broke, in a read', { failure: 'lost', reason: 'ECONNRESET' }, READ],
	['the connection broke, in a write', { failure: 'lost', reason: 'ECONNRESET' }, WRITE],
	['a list without records or an end', { failure: 'incomplete', reason: "there is no 'results'" }, READ],
];

/** The text of docs/errors.md. */
export function errorsPage(): string {
	const missing = knownTexts.filter((form) => !TEXTS.some((text) => form.test(text)));
	if (missing.length) throw new Error(`the page has no example of ${missing.join(', ')}`);
	return `${[
		'# Errors and what to do',
		'',
		'This page is made by `npm run docs:operations` from the tables that the node uses itself.',
		'',
		'An error message names the field by its label in the form, the row, and what is wrong. The text below it says what to do, and quotes',
		"Procountor's own answer. With *On Error: Continue* an item has both: `error` and `message`. The [README](../README.md#when-something-goes-wrong)",
		'lists the messages that people meet most often.',
		'',
		'![An error in the editor: the field, what is wrong, and what to do](images/error-light.png)',
		'',
		"## Procountor's codes",
		'',
		'Procountor rejects a value with a code. The node translates it.',
		'',
		...table(
			['code', 'meaning', 'what to do'],
			knownCodes.map((code) => [`\`${code}\``, ...explained(code)]),
		),
		'',
		'Some reasons come as a text without a code:',
		'',
		...table(
			['text', 'meaning', 'what to do'],
			TEXTS.map((text) => [text, ...explained(text)]),
		),
		'',
		'The node shows any other code or text as Procountor wrote it, with the label of its field.',
		'',
		'## Responses',
		'',
		'The examples are about invoice 4711 in the production environment. A read is safe to repeat: the node has already repeated it when you see',
		'the message. A write of unknown outcome is never repeated ([how writes work](writes.md)).',
		'',
		...table(
			['response', 'message', 'what to do'],
			OUTCOMES.map(([what, outcome, asked, versionNumber]) => [
				what,
				...told(outcome, asked, production(versionNumber)),
			]),
		),
		'',
		'A 403 is looked into: if the user lacks a right, the message names it and the menu where an administrator grants it',
		'([rights](rights.md)). After a 404, the node searches for your value as a number. If it is the *number* of a record, the message contains the',
		"record's ID ([numbers and statuses](numbers-and-statuses.md)).",
	].join('\n')}\n`;
}

function explained(text: string): [string, string] {
	const found = explain(text);
	if (found === undefined) throw new Error(`the node has no explanation for: ${text}`);
	return [`${found.message}.`, `${found.advice}.`];
}

function told(outcome: Outcome, asked: typeof READ, address: Address): [string, string] {
	const problem = problemOf(outcome, asked, address);
	if (problem === undefined) throw new Error('the outcome is no error');
	return [`${messageOf(problem)}.`, adviceOf(problem)];
}

function production(versionNumber?: string): Address {
	const address = addressOf({
		environment: 'production',
		apiVersion: versionNumber === undefined ? 'latest' : 'numbered',
		versionNumber,
	});
	if ('fault' in address) throw new Error(address.fault);
	return address;
}

function table(head: string[], rows: string[][]): string[] {
	return [head, head.map(() => '---'), ...rows].map(
		(cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
	);
}
