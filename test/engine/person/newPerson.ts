import type { INodeParameters } from 'n8n-workflow';

/** Returns the parameters of Person: Create for a person whom Procountor accepts, with some of them changed or added. */
export const newPerson = (changes: INodeParameters = {}): INodeParameters => ({
	firstName: 'Ilona',
	lastName: 'Uusitalo',
	language: 'FINNISH',
	gender: 'FEMALE',
	paymentMethod: 'BANK_TRANSFER',
	paymentTermDays: '14',
	penalInterestRate: 0,
	active: true,
	...changes,
});
