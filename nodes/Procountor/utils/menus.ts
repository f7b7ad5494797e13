const USAGE_SETTINGS = 'Management > Company info > Usage settings';

/** Procountor's menus as its user interface and its manual call them. All texts take them from here. */
export const MENUS = {
	apiKeys: 'person icon > API client keys',
	dimensions: 'Management > Accounting info > Dimensions',
	importData: 'Management > Import data',
	openApi: `${USAGE_SETTINGS} > Integration settings > 'Allow the usage of invoiceable API clients'`,
	salaryLists: 'Payroll > New salary list',
	usageSettings: USAGE_SETTINGS,
	users: 'Management > Users and user rights',
	vatDefaults: 'Management > Accounting info > VAT defaults',
	vatPercentages: 'Used VAT percentages',
} as const;
