import { get, list, resource, send, type FieldOptions } from '../engine/declare';

const requestId: FieldOptions = {
	label: 'Request ID',
	description: 'ID of the request, from the link that the customer opened',
	placeholder: 'e.g. 12345',
};

export const integration = resource('integration', 'Integration', ['integration', 'integrations'], {
	getCustomers: list('GET /integrations/{integrationId}/customers', 'Lists the companies that use your integration', {
		name: 'Get Customers',
		action: 'Get customers of integration',
		parameters: { integrationId: { label: 'Integration ID' } },
	}),
	getRequest: get('GET /integrations/{requestId}', 'Returns the companies that ask to use your integration', {
		name: 'Get Request',
		action: 'Get integration request',
		noun: 'integration request',
		parameters: { requestId },
	}),
	answerRequest: send(
		'PUT /integrations/{requestId}',
		'Answer Request',
		'Approves or rejects the companies of a request; returns the API keys of the approved ones',
		{
			action: 'Answer integration request',
			noun: 'integration request',
			parameters: { requestId },
			fields: [
				['approve', { label: 'Companies to Approve', description: 'IDs of companies, separated by commas' }],
				[
					'reject',
					{
						label: 'Companies to Reject',
						columns: [
							['companyId', { label: 'Company ID' }],
							['reason', { label: 'Reason' }],
						],
					},
				],
			],
		},
	),
});
