// Writes the contract's schemas and calls as TypeScript types, so that the compiler checks what is sent and read:
// `client.get('GET /invoices/{invoiceId}', …)` returns an `Invoice`. Types only: none of it reaches the shipped JavaScript.

/** Enumerations with more values than this get a name of their own, and shorter ones that occur more than once. */
const MOST_INLINE = 5;
/** An enumeration with fewer values is always written out. */
const LEAST_NAMED = 4;
/** One less than the formatter's: a semicolon can follow. */
const LINE_LENGTH = 119;
const TAB_LENGTH = 4;

/** Names for enumerations whose place in the contract would give them a clumsy one. */
const ENUM_NAMES = {
	'AccountingReportRequest.receiptStatus': 'ReportReceiptStatus',
	'AccountingReportRequestOptions.receiptType': 'ReportReceiptType',
	'AccountingReportTransaction.type': 'ReportTransactionType',
	'AccountingRights.archive': 'AccessRight',
	'Attachment.referenceType': 'AttachmentReferenceType',
	'BusinessPartnerAdditionalInfo.parentCompanyIdType': 'ParentCompanyIdType',
	'BusinessPartnerPaymentInfo.paymentMethod': 'RegisterPaymentMethod',
	'CirculationSettings.reminderInterval': 'ReminderInterval',
	'CarBenefitRowDetails.carAgeGroup': 'CarAgeGroup',
	'Company.companyCurrency': 'CompanyCurrencyCode',
	'GET /attachments?type': 'AttachmentTypeFilter',
	'GET /ledgerreceipts?types': 'LedgerReceiptTypeFilter',
	'GET /payrolls/salaryslips?status': 'SalarySlipStatusFilter',
	'GET /currencies/exchangerate?rateType': 'ExchangeRateType',
	'GET /payrolls/employees?salaryChannel': 'SalaryChannelFilter',
	'GET /webhooks?eventType': 'WebhookEventFilter',
	'HolidayRowDetails.holidayBonusCalculationBasis': 'HolidayBonusCalculationBasis',
	'IncomeConfiguration.baseSalaryType': 'BaseSalaryType',
	'IncomeConfiguration.earnerTypes': 'EarnerType',
	'IncomesRegisterConfiguration.payerTypes': 'PayerType',
	'InsurancesConfiguration.noObligationExceptionTypes': 'NoObligationExceptionType',
	'InsurancesConfiguration.notSubjectExceptionTypes': 'NotSubjectExceptionType',
	'Invoice.invoiceChannel': 'InvoiceChannel',
	'Invoice.language': 'Language',
	'InvoicePayment.bankReferenceCodeType': 'ReferenceCodeType',
	'InvoicePayment.paymentMethod': 'BankTransferMethod',
	'LedgerReceipt.depreciation': 'Depreciation',
	'LedgerReceipt.receiptValidity': 'ReceiptValidity',
	'MarkInvoiceAsPaid.paymentMethodType': 'MarkAsPaidMethod',
	'PaymentInfo.paymentMethod': 'PaymentMethod',
	'PaymentErrorMessage.referenceType': 'PaymentErrorReferenceType',
	'PersonInvoicingInfo.identifierType': 'PersonIdentifierType',
	'Webhook.subscriptions': 'WebhookEvent',
};

const HEADER = `// Generated from the API's contract by \`npm run contract\`. Do not edit.

/** A date without a time: 2026-10-01. */
export type Day = string;

/** A date and a time in Procountor's own zone: 2026-10-01T15:20:00. */
export type DateTime = string;

/** A record as it is sent, with the fields that the call requires. Records that come back may leave out any field. */
export type Body<T, Required extends keyof T> = T & { [Name in Required]-?: NonNullable<T[Name]> };`;

const CALLS_COMMENT = `/**
 * What each call takes and returns: path, query, headers and body, the response, and the records that a list holds.
 * The response of a call for files is \`unknown\`.
 */`;

const shortName = (ref) => ref.split('/').pop();
const keyOf = (values) => [...values].sort().join();
const property = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`);
const quoted = (values) => values.map((value) => `'${value}'`);
const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** Parts on one line where they fit, else as many as fit on each of several lines. */
function wrapped(before, parts, separator, after, indent) {
	const line = before + parts.join(`${separator} `) + after;
	if (line.length + indent * TAB_LENGTH <= LINE_LENGTH) return line;
	const most = LINE_LENGTH - (indent + 1) * TAB_LENGTH;
	const lines = [''];
	for (const [index, part] of parts.entries()) {
		const text = index < parts.length - 1 || separator === ';' ? `${part}${separator}` : part;
		const last = lines[lines.length - 1];
		if (last && last.length + 1 + text.length > most) lines.push(text);
		else lines[lines.length - 1] = last ? `${last} ${text}` : text;
	}
	const tabs = '\t'.repeat(indent);
	const end = after.trim() === ';' ? ';' : `\n${tabs}${after.trim()}`;
	return `${before.trimEnd()}\n${lines.map((one) => `${tabs}\t${one}`).join('\n')}${end}`;
}

/** The enumerations inside schemas and parameters, with the places where they are: `Invoice.status`, `GET /invoices?status`. */
function enumerationsIn(schemas, operations) {
	const found = new Map();
	const visit = (schema, place) => {
		if (schema.enum) {
			const entry = found.get(keyOf(schema.enum)) ?? { values: schema.enum, places: [] };
			found.set(keyOf(schema.enum), entry);
			entry.places.push(place);
		}
		for (const [name, inner] of Object.entries(schema.properties ?? {})) visit(inner, `${place}.${name}`);
		if (schema.items) visit(schema.items, place);
	};
	for (const [name, { properties = {} }] of schemas) visit({ properties }, name);
	for (const [call, { parameters = [] }] of operations)
		for (const { name, schema } of parameters) visit(schema, `${call}?${name}`);
	return [...found.values()];
}

/** `Invoice.status` → `InvoiceStatus`; of several places the one with the shortest name, in a schema rather than in a query. */
function enumName(places) {
	const explicit = places.map((place) => ENUM_NAMES[place]).find((name) => name);
	if (explicit) return explicit;
	const inSchemas = places.filter((place) => !place.includes(' '));
	const names = (inSchemas.length ? inSchemas : places).map((place) =>
		place
			.replace(/^[A-Z]+ \//, '')
			.split(/[^A-Za-z]+/)
			.map(capital)
			.join(''),
	);
	return names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
}

/** The names of all schemas that some values refer to, directly or through other schemas. */
function referred(values, schemas) {
	const names = new Set();
	const visit = (value) =>
		JSON.stringify(value, (key, inner) => {
			if (key === '$ref' && !names.has(shortName(inner))) {
				const name = shortName(inner);
				if (!schemas[name]) throw new RangeError(`The contract has no schema '${name}'`);
				names.add(name);
				visit(schemas[name]);
			}
			return inner;
		});
	visit(values);
	return [...names].sort();
}

/**
 * The text of `schemas.d.ts`.
 * @param contract the API's contract (OpenAPI)
 * @param calls the compiled calls: `GET /invoices` → what it takes and returns
 * @throws {RangeError} for a reference to a schema that the contract does not have, and for two types of one name
 */
export function contractTypes(contract, calls) {
	const all = contract.components.schemas;
	const operations = Object.entries(contract.paths)
		.flatMap(([path, methods]) =>
			Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
		)
		.filter(([call]) => call in calls);
	const schemas = referred(
		operations.map(([, { requestBody, responses }]) => [requestBody, responses['200'], responses['202']]),
		all,
	).map((name) => [name, all[name]]);
	const named = new Map();
	for (const { values, places } of enumerationsIn(schemas, operations))
		if (values.length > MOST_INLINE || (values.length >= LEAST_NAMED && places.length > 1))
			named.set(keyOf(values), { name: enumName(places), values });

	const typeOf = (schema) => {
		if (schema.$ref) return shortName(schema.$ref);
		if (schema.enum) return named.get(keyOf(schema.enum))?.name ?? quoted(schema.enum).join(' | ');
		if (schema.items) {
			const inner = typeOf(schema.items);
			return inner.includes('|') ? `Array<${inner}>` : `${inner}[]`;
		}
		if (schema.format === 'date') return 'Day';
		if (schema.format === 'date-time') return 'DateTime';
		if (schema.type === 'integer') return 'number';
		return schema.type === 'object' || !schema.type ? 'Record<string, unknown>' : schema.type;
	};
	const parameterType = (place, schema, explode, isBatch) => {
		if (place === 'path' && isBatch) return 'number | string';
		if (schema.type !== 'array') return typeOf(schema);
		const list = `readonly ${typeOf(schema)}`.replace(/^readonly Array</, 'ReadonlyArray<');
		return explode === false ? list : `{ repeat: ${list} }`;
	};
	const responseType = ({ responses }) => {
		const content = (responses['200'] ?? responses['202'] ?? {}).content ?? {};
		const schema = content['application/json']?.schema;
		if (Object.keys(content).some((type) => !type.endsWith('/json'))) return 'unknown';
		return schema ? typeOf(schema.oneOf?.[0] ?? schema) : 'void';
	};
	const bodyPart = ([contentType, { schema }]) => {
		if (contentType === 'multipart/form-data') return 'body: FormData';
		const required = schema.$ref ? all[shortName(schema.$ref)].required : undefined;
		if (!required?.length) return `body: ${typeOf(schema)}`;
		return wrapped(`body: Body<${typeOf(schema)}, `, quoted(required), ' |', '>', 2);
	};
	const recordType = (call) => {
		const { response, listPath: rows } = calls[call];
		if (response?.endsWith('[]')) return response.slice(0, -2);
		return rows && typeOf(all[response].properties[rows].items);
	};

	/** Path, query or header of a call: `{ invoiceId: number }`. */
	const parametersOf = (operation, place) => {
		const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === place);
		if (parameters.length === 0) return [];
		const fields = parameters.map(({ name, required, schema, explode }) => {
			const type = parameterType(place, schema, explode, operation['x-batch']);
			return `${property(name)}${required ? '' : '?'}: ${type}`;
		});
		const isRequired = parameters.some(({ required }) => required);
		// The client's word for them, as in every HTTP library; OpenAPI says 'header'.
		const name = place === 'header' ? 'headers' : place;
		return [wrapped(`${name}${isRequired ? '' : '?'}: { `, fields, ';', ' }', 2)];
	};
	const callLine = ([call, operation]) => {
		const body = Object.entries(operation.requestBody?.content ?? {})[0];
		const record = recordType(call);
		const parts = [
			...['path', 'query', 'header'].flatMap((place) => parametersOf(operation, place)),
			...(body ? [bodyPart(body)] : []),
			`response: ${responseType(operation)}`,
			...(record ? [`record: ${record}`] : []),
		];
		const line = `\t'${call}': { ${parts.join('; ')} };`;
		if (!line.includes('\n') && line.length + TAB_LENGTH - 1 <= LINE_LENGTH) return line;
		return `\t'${call}': {\n${parts.map((part) => `\t\t${part};`).join('\n')}\n\t};`;
	};
	const enumeration = (name, values) => wrapped(`export type ${name} = `, quoted(values), ' |', ';', 0);
	const declaration = ([name, schema]) => {
		if (schema.enum) return enumeration(name, schema.enum);
		const fields = Object.entries(schema.properties ?? {}).map(
			([field, of]) => `\t${wrapped(`${property(field)}?: `, typeOf(of).split(' | '), ' |', ';', 1)}`,
		);
		return `export type ${name} = {\n${fields.join('\n')}\n};`;
	};

	const enumerations = [...named.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
	const names = [...enumerations.map(({ name }) => name), ...schemas.map(([name]) => name)];
	const twice = names.find((name, index) => names.indexOf(name) < index);
	if (twice) throw new RangeError(`Two types of the contract would be called '${twice}'`);
	return `${[
		HEADER,
		...enumerations.map(({ name, values }) => enumeration(name, values)),
		...schemas.map(declaration),
		`${CALLS_COMMENT}\nexport interface Calls {\n${operations.map(callLine).join('\n')}\n}`,
	].join('\n\n')}\n`;
}
