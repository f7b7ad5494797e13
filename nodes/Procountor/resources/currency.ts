import { get, list, resource } from '../engine/declare';

export const currency = resource('currency', 'Currency', ['currency', 'currencies'], {
	getAll: list('GET /currencies', 'Lists the currency codes'),
	getCompanyCurrency: get('GET /currencies/company', 'Reads the currency in which the company keeps its books', {
		name: 'Get Company Currency',
		action: 'Get company currency',
	}),
	getExchangeRate: get('GET /currencies/exchangerate', 'Returns the exchange rate of a currency on a day', {
		name: 'Get Exchange Rate',
		action: 'Get exchange rate',
		parameters: {
			baseCurrency: { label: 'Base Currency', listSearch: 'currency', default: 'EUR' },
			currency: { label: 'Currency', listSearch: 'currency' },
			day: { label: 'Day' },
			rateType: { label: 'Rate Type' },
		},
	}),
	getLatestRates: get('GET /currencies/latest', 'Reads the newest exchange rates of all currencies', {
		name: 'Get Latest Rates',
		action: 'Get latest exchange rates',
		parameters: {
			rateType: {
				label: 'Rate Type',
				default: 1,
				description: '1 accounting, 2 average, 3 buying, 4 selling, 5 cash buying, 6 cash selling rate',
			},
		},
	}),
});
