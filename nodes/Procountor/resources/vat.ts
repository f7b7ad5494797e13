import { get, list, resource } from '../engine/declare';

export const vat = resource('vat', 'VAT', ['VAT', 'VAT'], {
	getDefaults: get('GET /vats/default', 'Reads the VAT statuses and VAT rates that the company uses', {
		name: 'Get Defaults',
		action: 'Get VAT defaults',
	}),
	getForCountry: list('GET /vats/country', 'Lists the VAT rates of a country', {
		name: 'Get Rates of Country',
		action: 'Get VAT rates of country',
		parameters: { countryCode: { label: 'Country', listSearch: 'countryCode', default: 'FI' } },
	}),
	getSettings: get('GET /vats/settings', 'Reads whether unit prices of sales and purchases include VAT', {
		name: 'Get Settings',
		action: 'Get VAT settings',
	}),
});
