/** A kind of row on a salary slip. */
export interface SalaryType {
	code: number;
	name: string;
	english: string;
	category:
		| 'SALARY_FOR_TIME_WORKED'
		| 'OTHER_TAXABLE_EARNINGS'
		| 'FRINGE_BENEFITS'
		| 'TAX_FREE_ITEMS'
		| 'TAX'
		| 'DEDUCTIONS_FROM_NET_PAY'
		| 'INFORMATIVE_ITEMS';
	unit: 'HOUR' | 'PIECE';
	paymentPercent: number;
	incomeType: string;
	incomeTypeCode: number;
}

const type = (
	code: number,
	name: string,
	english: string,
	category: SalaryType['category'],
	incomeType: string,
	incomeTypeCode: number,
	unit: SalaryType['unit'] = 'PIECE',
	paymentPercent = 100,
): SalaryType => ({
	code,
	name,
	english,
	category,
	unit,
	paymentPercent,
	incomeType,
	incomeTypeCode,
});

export const SALARY_TYPES = [
	type(1010, 'Kuukausipalkka', 'Monthly salary', 'SALARY_FOR_TIME_WORKED', 'Aikapalkka', 201),
	type(1020, 'Tuntipalkka', 'Hourly salary', 'SALARY_FOR_TIME_WORKED', 'Aikapalkka', 201, 'HOUR'),
	type(1100, 'Ylityö 50 %', 'Overtime 50%', 'SALARY_FOR_TIME_WORKED', 'Ylityökorvaus', 235, 'HOUR', 150),
	type(1200, 'Vuosilomapalkka', 'Holiday pay', 'SALARY_FOR_TIME_WORKED', 'Aikapalkka', 201),
	type(1250, 'Lomaraha', 'Holiday bonus', 'OTHER_TAXABLE_EARNINGS', 'Lomaraha', 213),
	type(
		1300,
		'Työajan lyhennys',
		'Working hour reduction',
		'SALARY_FOR_TIME_WORKED',
		'Työajantasauskorvaus',
		226,
		'HOUR',
	),
	type(2000, 'Tulospalkkio', 'Performance bonus', 'OTHER_TAXABLE_EARNINGS', 'Tulospalkka', 223),
	type(2900, 'Työkorvaus', 'Compensation for work', 'OTHER_TAXABLE_EARNINGS', 'Työkorvaus', 336),
	type(
		2901,
		'Työkorvaus, materiaalit',
		'Compensation for work, materials',
		'OTHER_TAXABLE_EARNINGS',
		'Työkorvaus',
		336,
	),
	type(2902, 'Työkorvaus, urakka', 'Compensation for work, contract', 'OTHER_TAXABLE_EARNINGS', 'Työkorvaus', 336),
	type(3000, 'Puhelinetu', 'Phone benefit', 'FRINGE_BENEFITS', 'Puhelinetu', 330),
	type(3010, 'Autoetu', 'Car benefit', 'FRINGE_BENEFITS', 'Autoetu', 304),
	type(4000, 'Kilometrikorvaus', 'Kilometre allowance', 'TAX_FREE_ITEMS', 'Kilometrikorvaus', 311),
	type(4010, 'Kokopäiväraha', 'Daily allowance', 'TAX_FREE_ITEMS', 'Päiväraha', 331),
	type(5000, 'Ennakonpidätys', 'Withholding tax', 'TAX', 'Ennakonpidätys', 402),
	type(5010, 'Lähdevero', 'Tax at source', 'TAX', 'Lähdevero', 404),
	type(
		6010,
		'Työntekijän vakuutusmaksut',
		'Employee insurance contributions',
		'DEDUCTIONS_FROM_NET_PAY',
		'Työttömyysvakuutusmaksu',
		414,
		'PIECE',
		1.5,
	),
	type(
		6100,
		'Ay-jäsenmaksu',
		'Labor union fee',
		'DEDUCTIONS_FROM_NET_PAY',
		'Ammattiyhdistyksen jäsenmaksu',
		408,
		'PIECE',
		1.2,
	),
	type(7000, 'Sairauspoissaolo', 'Sick leave', 'INFORMATIVE_ITEMS', 'Aikapalkka', 201, 'HOUR'),
];

export const salaryTypeOf = (code: number): SalaryType | undefined => SALARY_TYPES.find((one) => one.code === code);

export const LABOR_UNIONS = [
	{ id: 3801, name: 'Palvelualojen ammattiliitto' },
	{ id: 3802, name: 'Tradenomit' },
];
export const PENSION_CONTRACTS = [
	{ id: 3811, providerName: 'Eläkevakuutus Turva', number: '46-1234567X', active: true, label: 'TyEL' },
];
export const ACCIDENT_POLICIES = [
	{
		id: 3821,
		providerName: 'Vakuutusyhtiö Kumpu',
		providerCode: 'KUMPU',
		number: 'TY-778899',
		active: true,
		label: 'Tapaturma',
	},
];

/** Employer's percentages by year. */
export const FIGURES: Record<number, Record<string, number>> = {
	2025: {
		pensionInsuranceContributionPercent: 17.38,
		unemploymentInsurancePercentBasic: 0.2,
		unemploymentInsurancePercentAdditional: 0.8,
		accidentInsurancePercent: 0.7,
		groupLifeInsurancePercent: 0.06,
		healthCareInsurancePercent: 1.87,
	},
	2026: {
		pensionInsuranceContributionPercent: 17.4,
		unemploymentInsurancePercentBasic: 0.31,
		unemploymentInsurancePercentAdditional: 1.23,
		accidentInsurancePercent: 0.7,
		groupLifeInsurancePercent: 0.06,
		healthCareInsurancePercent: 1.9,
	},
};

/** Whether the figures of a year are known, without which no salary can be counted. */
export const hasFigures = (year: number): boolean => year in FIGURES;
