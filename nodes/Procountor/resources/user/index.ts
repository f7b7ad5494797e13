import { getConfirmation } from '../shared/confirmation';
import { get, job, resource, update, type FieldSpec } from '../../engine/declare';

const own: FieldSpec[] = [
	'firstName',
	'lastName',
	['email', { description: 'Postal address of the user' }],
	'mobilePhone',
	'secondaryPhone',
	'street',
	'zip',
	'city',
];

export const user = resource('user', 'User', ['user', 'users'], {
	get: get('GET /users', "Returns the data of the credential's user", {
		name: 'Get Own Data',
		action: 'Get own user data',
		simple: [
			'id',
			'username',
			'firstName',
			'lastName',
			'email',
			'mobilePhone',
			'companyId',
			'countryCode',
			'partnerId',
			'loginMethod',
		],
	}),
	getConfirmationResult: job(
		getConfirmation,
		'GET /mfatransactionresult/{transactionIdentifier}',
		'Get Confirmation Result',
		'Returns whether a user has confirmed or rejected an order in the Procountor Key app',
		{
			action: 'Get confirmation result',
			noun: 'confirmation',
			parameters: {
				transactionIdentifier: {
					label: 'Transaction Identifier',
					description: 'Returned by the operation that waits for the confirmation',
				},
			},
			extraFields: [
				[
					'wait',
					{ type: 'integer', minimum: 0, maximum: 3600 },
					{
						label: 'Wait (Seconds)',
						description: 'How long to wait for a decision; leave empty to return the current state',
						default: 300,
						optional: true,
					},
				],
			],
		},
	),
	getProfile: get('GET /users/profiles/{userId}', 'Reads the name of a user of the same company', {
		name: 'Get Profile',
		action: 'Get user profile',
		parameters: { userId: { label: 'User ID', placeholder: 'e.g. 12345' } },
	}),
	getRights: get('GET /users/rights', "Returns the rights of the credential's user", {
		name: 'Get Rights',
		action: 'Get user rights',
	}),
	update: update(
		'PUT /users',
		"Updates the data of the credential's user; a user confirms it in the Procountor Key app",
		{ name: 'Update Own Data', action: 'Update own user data', more: own },
	),
});
