import type { SwitchName } from '../../test/sandbox/switches';

const PENDING = 'the probe has no question for it yet';

/** Switches that the probe does not ask about, each with the reason. */
export const NOT_ASKED: Partial<Record<SwitchName, string>> = {
	closedVersionAnswer: PENDING,
	trailingSlash: PENDING,
	refusalForm: PENDING,
	rowsHiddenAfterPaging: PENDING,
	pageSizeCap: PENDING,
	pageBeyondLast: PENDING,
	requestLimit: 'the probe stays below the limit on purpose',
	limitAnswer: 'the probe stays below the limit on purpose',
	webhookTimestamp: PENDING,
	webhookPayload: PENDING,
	bankMovesNotify: 'only a bank moves a payment on',
	sendWithInvoiceRequired: PENDING,
	partnerPutVersion: PENDING,
	personsAmongPartners: PENDING,
	partnerIdentifierSearch: PENDING,
	oldVatRates: PENDING,
	numbersAsText: PENDING,
	datesWithTime: PENDING,
	timesWithoutSeconds: PENDING,
	orderInLowerCase: PENDING,
	emptyValues: PENDING,
	bodyWhereNoneBelongs: PENDING,
	salesAccount: PENDING,
};
