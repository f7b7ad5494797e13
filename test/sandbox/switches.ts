/** One thing that no source settles: its number, where the notes name it, and the answers it can have. The first is the default. */
interface Switch<V extends string | number | boolean> {
	readonly no: number;
	readonly section: string;
	readonly values: readonly V[];
	readonly about: string;
}

function either<const V extends string | number | boolean>(
	no: number,
	section: string,
	values: readonly V[],
	about: string,
): Switch<V> {
	return { no, section, values, about };
}

/** Every (U) of the notes that shows in an answer, and a few rules that the notes leave open without the mark. */
export const switchTable = {
	bareApiServes: either(
		1,
		'§1 hosts',
		['latest', 'supported'],
		'Which version the bare /api path serves; shown by GET /status.',
	),
	refreshTokenRotates: either(
		2,
		'§1 authorization code',
		[false, true],
		'A refresh gives a new refresh token and the old one dies.',
	),
	refreshTokenLimit: either(
		3,
		'§1 authorization code',
		[true, false],
		'At most 100 refresh tokens a client, company and user: the oldest dies.',
	),
	refreshRequiresRedirectUri: either(
		4,
		'§1 authorization code',
		[false, true],
		'Refreshing must repeat the redirect URI.',
	),
	tokenRefusalForm: either(
		5,
		'§1 authorization code',
		['oauth', 'errors'],
		'Body of a refused token call: {"error":…} or {"errors":[…]}.',
	),
	timesUtc: either(6, '§2 dates', [false, true], 'Server times are UTC instead of Finnish local time.'),
	timesWithMilliseconds: either(
		7,
		'§2 dates',
		[false, true],
		'Server times carry milliseconds, and request times may.',
	),
	versionStartDateInclusive: either(
		8,
		'§2 lists',
		[true, false],
		'createdStartDate and versionStartDate include their own second.',
	),
	versionEndDateInclusive: either(
		9,
		'§2 lists',
		[true, false],
		'createdEndDate and versionEndDate include their own second.',
	),
	totalCount: either(
		10,
		'§2 lists',
		['exact', 'absent', 'pageOnly'],
		'meta.totalCount: right, left out, or only the number on this page.',
	),
	orderingsExclusive: either(11, '§2 orderBy', [false, true], 'Two orderBy parameters in one request are refused.'),
	keysetOnlyById: either(
		12,
		'§2 orderBy',
		[true, false],
		'previousId with an order other than by id is refused; else the list is cut by id and then ordered.',
	),
	defaultListOrder: either(
		13,
		'§2 orderBy',
		['DESC', 'ASC'],
		'Order of a list by id when no orderBy is given and the contract names no default (products, payments, bank accounts by id).',
	),
	emptyListAs404: either(
		14,
		'§2 lists',
		[false, true],
		'A search that documents 404 (GET /invoices) answers so when nothing is found.',
	),
	singleReplyForm: either(
		15,
		'§2 one object or a list',
		['list', 'object'],
		'Journals, invoice templates, integration customers, e-invoice addresses: always a list, or the bare object when there is one.',
	),
	headerEncoding: either(
		16,
		'§2 header values',
		['latin1', 'utf8', 'percent'],
		'How a header value other than ASCII is read.',
	),
	missingRightShowsAsEmpty: either(
		17,
		'§2 errors',
		[false, true],
		'A missing right gives an empty list also where the contract documents 403.',
	),
	customerNumberSearchExact: either(
		18,
		'§2 lists',
		[true, false],
		'customerNumber finds whole numbers only, or parts.',
	),
	circulatedPurchaseStatus: either(
		19,
		'§4 life cycle',
		['RECEIVED', 'UNFINISHED', 'VERIFIED'],
		'Status of a purchase invoice after sendToCirculation.',
	),
	originalNumberSearchExact: either(
		20,
		'§4 traps',
		[false, true],
		'originalInvoiceNumber finds whole numbers only, or parts.',
	),
	receiptRowOrder: either(
		21,
		'§4 rows and receipts',
		['asRows', 'reversed'],
		'Order of the receipt entries compared with the invoice rows.',
	),
	receiptMergesRows: either(
		22,
		'§4 rows and receipts',
		[false, true],
		'Rows with the same account and VAT share one receipt entry.',
	),
	receiptOmitsZeroRows: either(23, '§4 rows and receipts', [false, true], 'Rows of zero have no receipt entry.'),
	negativeRowsRefused: either(24, '§4 credit note', [false, true], 'Negative rows are refused.'),
	imageForm: either(
		25,
		'§4 image',
		['multipart', 'picture'],
		'An invoice image comes as multipart/mixed or as the picture itself.',
	),
	imageBeyondLastPage: either(26, '§4 image', [404, 400], 'Status for a page that the image does not have.'),
	idsNotQuiteRising: either(
		27,
		'§5 what tells time',
		[false, true],
		'Ids of new records come in swapped pairs: 2, 1, 4, 3 …',
	),
	unknownBodyFieldsRefused: either(
		28,
		'§2 errors',
		[true, false],
		'A body field that the contract does not have is refused, or ignored.',
	),
	emptyBodyRefused: either(
		29,
		'§2 errors',
		[true, false],
		'A call that the contract gives a body must carry one, if only {}.',
	),
	receiptVersionFollowsInvoice: either(
		30,
		'§5 ledger receipts',
		[true, false],
		'A status change of the invoice also gives its receipt a new version.',
	),
	mfaResultOnlyOnce: either(
		31,
		'§2 second factor',
		[true, false],
		'A result that has been read once answers 409 from then on, or can be read again.',
	),
	webhookSignature: either(
		32,
		'§3 webhooks',
		['headerHex', 'headerBase64', 'authorization'],
		'How the HMAC (SHA-256 of the body) is sent: X-Procountor-Signature in hex or base64, or in Authorization.',
	),
	webhookRetries: either(
		33,
		'§3 webhooks',
		[false, true],
		'A failed delivery is tried again the next time that notifications go out.',
	),
	paymentDateMayBeToday: either(
		34,
		'§4 POST /payments',
		[false, true],
		'A payment may be dated today, or tomorrow at the earliest.',
	),
	allocatedInvoiceBecomes: either(
		35,
		'§5 bank statements',
		['MARKED_PAID', 'PAID', 'unchanged'],
		'Status of an invoice that an event of its full sum is allocated to; less makes PARTLY_PAID.',
	),
	statementWindow: either(
		36,
		'§5 bank statements',
		['whole', 'overlap'],
		'startDate and endDate find statements that lie wholly between them, or those that touch the time.',
	),
	attachmentFileFirst: either(
		37,
		'§4 attachments',
		[false, true],
		'In a multipart/mixed answer the file comes before the JSON part.',
	),
	attachmentPartHeaders: either(
		38,
		'§4 attachments',
		['attachment', 'formData', 'bare'],
		'Headers of the parts: Content-Disposition attachment, form-data with a name, or Content-Type alone.',
	),
	reportDefaultStatuses: either(
		39,
		'§5 reports',
		['all', 'approved'],
		'Receipts of a report without receiptStatus: all that are not void, or without those not approved yet.',
	),
	reportSigns: either(
		40,
		'§5 reports',
		['statement', 'ledger'],
		'Income and liabilities are shown as positive numbers, or with the sign of the ledger.',
	),
	cancelledApprovalBecomes: either(
		41,
		'§5 payroll',
		['CREATED', 'IN_CORRECTION'],
		'Status of a salary slip whose approval was cancelled.',
	),
} as const;

export type SwitchName = keyof typeof switchTable;
export type Switches = { -readonly [K in SwitchName]: (typeof switchTable)[K]['values'][number] };

/** The default position of every switch. */
export function defaultSwitches(): Switches {
	return Object.fromEntries(Object.entries(switchTable).map(([name, { values }]) => [name, values[0]])) as Switches;
}

/** Sets switches by name; an unknown name or value throws, so that a test cannot believe in a switch that is not there. */
export function setSwitches(switches: Switches, changes: Record<string, unknown>): void {
	for (const [name, value] of Object.entries(changes)) {
		const known = (switchTable as Record<string, Switch<string | number | boolean>>)[name];
		if (!known) throw new Error(`No switch '${name}'`);
		if (!known.values.some((allowed) => allowed === value)) {
			throw new Error(`Switch '${name}' takes ${known.values.join(' | ')}, not ${String(value)}`);
		}
	}
	Object.assign(switches, changes);
}
