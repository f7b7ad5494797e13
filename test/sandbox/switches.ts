/**
 * One thing that no source settles: its number, its section in docs/procountor.md, the answers that the API may give
 * (the first is the default), and what is known about it.
 */
export interface Switch<V extends string | number | boolean = string | number | boolean> {
	readonly no: number;
	/** Section of docs/procountor.md. */
	readonly anchor: string;
	readonly values: readonly V[];
	readonly about: string;
	readonly evidence: string;
}

function either<const V extends string | number | boolean>(
	no: number,
	anchor: string,
	values: readonly V[],
	about: string,
	evidence: string,
): Switch<V> {
	return { no, anchor, values, about, evidence };
}

/** Everything that docs/procountor.md marks with (U) and that a response can show. */
export const switchTable = {
	bareApiServes: either(
		1,
		'versions',
		['latest', 'supported'],
		'Version that the plain /api path serves; GET /status shows it.',
		'No source says it.',
	),
	refreshTokenRotates: either(
		2,
		'oauth2',
		[false, true],
		'A refresh returns a new refresh token and ends the old one.',
		'No client has seen a new one.',
	),
	refreshTokenLimit: either(
		3,
		'oauth2',
		[true, false],
		'A client, company and user have at most 100 refresh tokens; the next one ends the oldest.',
		'The developer site names the limit, not what happens at it.',
	),
	refreshRequiresRedirectUri: either(
		4,
		'oauth2',
		[false, true],
		'A refresh must repeat the redirect URI.',
		'Some public clients repeat it; n8n does not.',
	),
	tokenRefusalForm: either(
		5,
		'token-calls',
		['oauth', 'errors'],
		'Body of a rejected token call: {"error": …} or {"errors": […]}.',
		'Not documented.',
	),
	timesUtc: either(
		6,
		'times',
		[false, true],
		'Server times are UTC instead of Finnish local time.',
		'Times carry no zone.',
	),
	timesWithMilliseconds: either(
		7,
		'times',
		[false, true],
		'Server times have milliseconds, and request times may.',
		'Examples have none.',
	),
	versionStartDateInclusive: either(
		8,
		'time-windows',
		[true, false],
		'createdStartDate and versionStartDate include their own second.',
		'Not documented.',
	),
	versionEndDateInclusive: either(
		9,
		'time-windows',
		[true, false],
		'createdEndDate and versionEndDate include their own second.',
		'Not documented.',
	),
	totalCount: either(
		10,
		'lists',
		['exact', 'absent', 'pageOnly'],
		'meta.totalCount is exact, missing, or the number on this page.',
		'Not documented; clients do not rely on it.',
	),
	orderingsExclusive: either(
		11,
		'ordering',
		[false, true],
		'Two orderBy parameters in one request are rejected.',
		'Not documented.',
	),
	keysetOnlyById: either(
		12,
		'ordering',
		[true, false],
		'previousId with another order than by ID is rejected; otherwise the list is cut by ID and then ordered.',
		'Not documented.',
	),
	defaultListOrder: either(
		13,
		'ordering',
		['DESC', 'ASC'],
		'Order by ID when the request names none and the contract has no default (products, payments, bank accounts).',
		'Every documented default is DESC.',
	),
	emptyListAs404: either(
		14,
		'lists',
		[false, true],
		'GET /invoices returns 404 when nothing is found.',
		'The contract lists a 404 for this search.',
	),
	singleReplyForm: either(
		15,
		'one-or-many',
		['list', 'object'],
		'Journals, invoice templates, integration customers and e-invoice addresses: always a list, or the object if there is one.',
		'Schema and description differ.',
	),
	headerEncoding: either(
		16,
		'header-values',
		['latin1', 'utf8', 'percent'],
		'Encoding of a header value that is not ASCII.',
		'Not documented.',
	),
	missingRightShowsAsEmpty: either(
		17,
		'rights',
		[false, true],
		'A missing right gives an empty list also where the contract documents 403.',
		'A missing right can show as empty data.',
	),
	customerNumberSearchExact: either(
		18,
		'searches',
		[true, false],
		'customerNumber finds whole numbers only, or parts.',
		'Not documented.',
	),
	circulatedPurchaseStatus: either(
		19,
		'invoice-statuses',
		['RECEIVED', 'UNFINISHED', 'VERIFIED'],
		'Status of a purchase invoice after sendToCirculation.',
		'Documented for travel and expense invoices only.',
	),
	originalNumberSearchExact: either(
		20,
		'searches',
		[false, true],
		'originalInvoiceNumber finds whole numbers only, or parts.',
		'Not documented.',
	),
	receiptRowOrder: either(
		21,
		'accounts-and-dimensions',
		['asRows', 'reversed'],
		'Order of the receipt entries compared with the invoice rows.',
		'Not documented.',
	),
	receiptMergesRows: either(
		22,
		'accounts-and-dimensions',
		[false, true],
		'Rows with the same account and VAT share a receipt entry.',
		'Not documented.',
	),
	receiptOmitsZeroRows: either(
		23,
		'accounts-and-dimensions',
		[false, true],
		'Rows of zero have no receipt entry.',
		'Not documented.',
	),
	negativeRowsRefused: either(
		24,
		'credit-notes',
		[false, true],
		'Negative rows are rejected.',
		'No type for credit notes; negative rows are not mentioned.',
	),
	imageForm: either(
		25,
		'invoice-images',
		['multipart', 'picture'],
		'An invoice image is multipart/mixed, or the picture itself.',
		'The contract lists both.',
	),
	imageBeyondLastPage: either(
		26,
		'invoice-images',
		[404, 400, 'lastPage'],
		'Response to a page that the image does not have: a status, or the last page again.',
		'The contract names a missing page under 404.',
	),
	idsNotQuiteRising: either(
		27,
		'change-tracking',
		[false, true],
		'IDs of new records come in swapped pairs: 2, 1, 4, 3, ….',
		'Not documented.',
	),
	unknownBodyFieldsRefused: either(
		28,
		'request-forms',
		[true, false],
		'A body field that the contract does not have is rejected, or ignored.',
		'Not documented.',
	),
	emptyBodyRefused: either(
		29,
		'request-forms',
		[true, false],
		'A call with a body in the contract needs one, at least {}.',
		'Not documented.',
	),
	receiptVersionFollowsInvoice: either(
		30,
		'ledger-receipts',
		[true, false],
		'A status change of the invoice also gives its receipt a new version.',
		'Not documented.',
	),
	mfaResultOnlyOnce: either(
		31,
		'second-factor',
		[true, false],
		'A result that was read returns 409 from then on, or can be read again.',
		'409 is documented as already processed.',
	),
	webhookSignature: either(
		32,
		'webhooks',
		['headerHex', 'headerBase64', 'authorization'],
		'HMAC (SHA-256 of the body) as hex or base64 in X-Procountor-Signature, or in Authorization.',
		'Only the word HMAC is documented.',
	),
	webhookRetries: either(
		33,
		'webhooks',
		[false, true],
		'A failed delivery is repeated when notifications go out the next time.',
		'Not documented.',
	),
	paymentDateMayBeToday: either(
		34,
		'payments',
		[false, true],
		'A payment may be dated today, or tomorrow at the earliest.',
		'The field is described as later than the current day, without saying how a payment of today is treated.',
	),
	allocatedInvoiceBecomes: either(
		35,
		'bank-statements',
		['MARKED_PAID', 'PAID', 'unchanged'],
		'Status of an invoice after an event with its full sum was allocated to it; a smaller sum gives PARTLY_PAID.',
		'Not documented.',
	),
	statementWindow: either(
		36,
		'bank-statements',
		['whole', 'overlap'],
		'startDate and endDate find statements within them, or statements that overlap them.',
		'Not documented.',
	),
	attachmentFileFirst: either(
		37,
		'attachment-download',
		[false, true],
		'In a multipart/mixed response the file comes before the JSON part.',
		'Not documented.',
	),
	attachmentPartHeaders: either(
		38,
		'attachment-download',
		['attachment', 'formData', 'bare'],
		'Part headers: Content-Disposition attachment, form-data with a name, or Content-Type alone.',
		'Not documented.',
	),
	reportDefaultStatuses: either(
		39,
		'reports',
		['all', 'approved'],
		'Receipts of a report without receiptStatus: all valid ones, or approved ones only.',
		'Not documented.',
	),
	reportSigns: either(
		40,
		'reports',
		['statement', 'ledger'],
		'Income and liabilities are positive, or have the sign of the ledger.',
		'Not documented.',
	),
	cancelledApprovalBecomes: either(
		41,
		'payroll',
		['CREATED', 'IN_CORRECTION'],
		'Status of a salary slip after its approval was cancelled.',
		'Not documented.',
	),
	closedVersionAnswer: either(
		42,
		'versions',
		[404, 410, 'page'],
		'Response of a closed version: 404 or 410 with errors, or an HTML page with 404.',
		'404 is documented for a wrong version in the token call only.',
	),
	trailingSlash: either(
		43,
		'request-forms',
		['refused', 'accepted'],
		'A path with a trailing slash gives 404, or is served.',
		'A public client sends it on lists; token calls accept it for certain.',
	),
	refusalForm: either(
		44,
		'errors',
		['errors', 'constraintViolations', 'text', 'strings', 'object', 'status200'],
		'Body of a rejection: the documented list, constraintViolations, plain text, errors as texts, errors as an object, or (for 400) status 200 with errors.',
		'Public clients handle these forms.',
	),
	rowsHiddenAfterPaging: either(
		45,
		'pages',
		[false, true],
		'Records that the user must not see are removed after paging, so that a page can be short.',
		'Not documented.',
	),
	pageSizeCap: either(
		46,
		'pages',
		[200, 100, 50],
		'Largest page that the server returns, whatever size is requested.',
		'200 is documented.',
	),
	pageBeyondLast: either(
		47,
		'pages',
		['empty', 'lastPage'],
		'A page number beyond the last page gives no records, or the last page again.',
		'Not documented.',
	),
	requestLimit: either(
		48,
		'rate-limit',
		['none', 'second60', 'minute90'],
		'Limit that the server enforces: none, 60 requests a second (production), or 90 a minute (test environment).',
		'60 a second is documented; a client reports about 90 a minute in the test environment.',
	),
	limitAnswer: either(
		49,
		'rate-limit',
		['retryAfter', 'bare', 'unavailable'],
		'Response beyond the limit: 429 with Retry-After, 429 without it, or 503.',
		'Not documented.',
	),
	webhookTimestamp: either(
		50,
		'webhook-notifications',
		['milliseconds', 'seconds', 'text'],
		'meta.timestamp in milliseconds, in seconds, or as a server time.',
		'The example has a long integer.',
	),
	webhookPayload: either(
		51,
		'webhook-notifications',
		['nested', 'flat'],
		'Payload after a second factor: {transactionIdentifier, body}, or the identifier among the fields of the body.',
		'The example names both parts.',
	),
	bankMovesNotify: either(
		52,
		'webhooks',
		[false, true],
		'A payment that the bank moves on causes PAYMENT_UPDATED.',
		'Events exist mostly for calls with a second factor.',
	),
	sendWithInvoiceRequired: either(
		53,
		'attachments',
		[true, false],
		'The meta part of an upload must contain sendWithInvoice.',
		'The contract requires it; two public clients leave it out.',
	),
	partnerPutVersion: either(
		54,
		'business-partners',
		['ignored', 'refused', 'checked'],
		'version in PUT of a business partner is ignored, rejected, or compared.',
		'The schema has it; a public client removes it on purpose.',
	),
	personsAmongPartners: either(
		55,
		'business-partners',
		[true, false],
		'GET /businesspartners also returns persons.',
		'Release notes of 2025 announce the withdrawal.',
	),
	partnerIdentifierSearch: either(
		56,
		'business-ids',
		['asWritten', 'eitherForm', 'parts'],
		'The identifier header finds a business ID as it is written in the register, in both forms, or by a part of it.',
		'The help centre says that people write both forms.',
	),
	oldVatRates: either(
		57,
		'vat',
		['refused', 'accepted'],
		'A VAT rate that is not among the used percentages is rejected, or accepted.',
		'The user interface offers used rates only.',
	),
	numbersAsText: either(
		58,
		'request-forms',
		['refused', 'accepted'],
		'Numbers and IDs as texts in a body.',
		'Public clients send them.',
	),
	datesWithTime: either(
		59,
		'times',
		['refused', 'accepted'],
		'A time after a date (2026-10-01T00:00:00) where the contract has a date.',
		'Public clients send it.',
	),
	timesWithoutSeconds: either(
		60,
		'times',
		['refused', 'accepted'],
		'A time without seconds (2026-10-01T09:00) in a query.',
		'A public client sends versionStartDate so.',
	),
	orderInLowerCase: either(
		61,
		'ordering',
		['refused', 'accepted'],
		'Lower case in an orderBy parameter (orderById=asc).',
		'A public client sends it.',
	),
	emptyValues: either(
		62,
		'request-forms',
		['refused', 'accepted'],
		'An empty text where the contract has a number or one of a list of values, such as unit or productId.',
		'A public client sends it.',
	),
	bodyWhereNoneBelongs: either(
		63,
		'request-forms',
		['refused', 'emptyAccepted'],
		'An empty list or object as the body of a call without a body, such as PUT invalidate.',
		'A public client sends [].',
	),
	salesAccount: either(
		64,
		'bank-account-on-invoice',
		['any', 'companyOnly'],
		"Bank account on a sales invoice: any valid one, or the company's own only.",
		'Not documented.',
	),
} as const;

/** What docs/procountor.md marks with (U) and no call of the API can show. */
export const openFacts: ReadonlyArray<Omit<Switch, 'values'>> = [
	{
		no: 65,
		anchor: 'import-files',
		about: 'Character set of import files: presumably Windows-1252.',
		evidence: "The help centre says 'Excel CSV'. People read import files in the user interface, not through the API.",
	},
	{
		no: 66,
		anchor: 'import-files',
		about: 'Columns of salary files.',
		evidence: 'Documentation of a working-time system. Read in the user interface, not through the API.',
	},
	{
		no: 67,
		anchor: 'import-files',
		about: 'A payment term with fewer than three digits in a business partner file.',
		evidence: 'The help centre says three digits. Read in the user interface, not through the API.',
	},
];

export type SwitchName = keyof typeof switchTable;
export type Switches = { -readonly [K in SwitchName]: (typeof switchTable)[K]['values'][number] };

/** The default position of every switch. */
export function defaultSwitches(): Switches {
	return Object.fromEntries(Object.entries(switchTable).map(([name, { values }]) => [name, values[0]])) as Switches;
}

/** Sets switches by name. @throws Error for an unknown name or value, so that a test cannot rely on a switch that does not exist */
export function setSwitches(switches: Switches, changes: Record<string, unknown>): void {
	for (const [name, value] of Object.entries(changes)) {
		const known = (switchTable as Record<string, Switch>)[name];
		if (!known) throw new Error(`No switch '${name}'`);
		if (!known.values.some((allowed) => allowed === value)) {
			throw new Error(`Switch '${name}' takes ${known.values.join(' | ')}, not ${String(value)}`);
		}
	}
	Object.assign(switches, changes);
}

/** The rows of the table in test/sandbox/README.md. */
export function switchRows(): string[] {
	const link = (anchor: string) => `[${anchor}](../../docs/procountor.md#${anchor})`;
	const values = (one: Switch) => one.values.map((value) => `\`${value}\``).join(', ');
	return [
		...Object.entries(switchTable as Record<string, Switch>).map(
			([name, one]) =>
				`| ${one.no} | \`${name}\` | ${values(one)} | ${link(one.anchor)} | ${one.about} | ${one.evidence} |`,
		),
		...openFacts.map(
			({ no, anchor, about, evidence }) => `| ${no} | – | – | ${link(anchor)} | ${about} | ${evidence} |`,
		),
	];
}
