import { get, resource } from '../operation/declare';

export const company = resource('company', 'Company', ['company', 'companies'], {
	get: get('GET /company', 'Reads the basic information of the company that the credential belongs to', {
		simple: ['id', 'name', 'country', 'productVersion', 'businessIdentifier', 'companyCurrency', 'companyAddress'],
	}),
	getSession: get('GET /sessioninfo', 'Reads which company and user the credential stands for', { name: 'Get Session', action: 'Get session' }),
});
