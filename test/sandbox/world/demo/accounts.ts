import type { Account, VatStatus } from '../../records/accounts';
import type { Dimension } from '../../records/dimensions';
import type { FiscalYear } from '../../records/periods';

/** A small chart of accounts: code, Finnish name, English name. The last one is out of use. */
const CHART: Array<[string, string, string]> = [
	['1020', 'Aineettomat oikeudet', 'Intangible rights'],
	['1120', 'Koneet ja kalusto', 'Machinery and equipment'],
	['1129', 'Koneiden ja kaluston poistot', 'Accumulated depreciation, machinery'],
	['1180', 'Muut aineelliset hyödykkeet', 'Other tangible assets'],
	['1410', 'Osakkeet ja osuudet', 'Shares and holdings'],
	['1510', 'Aineet ja tarvikkeet', 'Materials and supplies'],
	['1530', 'Valmiit tuotteet / tavarat', 'Finished goods'],
	['1701', 'Myyntisaamiset', 'Trade receivables'],
	['1704', 'Epävarmat myyntisaamiset', 'Doubtful receivables'],
	['1760', 'Lainasaamiset', 'Loan receivables'],
	['1763', 'Arvonlisäverosaamiset', 'VAT receivables'],
	['1770', 'Muut saamiset', 'Other receivables'],
	['1780', 'Siirtosaamiset', 'Prepayments and accrued income'],
	['1900', 'Kassa', 'Cash in hand'],
	['1910', 'Pankkitili Osuuspankki', 'Bank account 1'],
	['1920', 'Pankkitili Nordea', 'Bank account 2'],
	['1930', 'Maksuvälitystili', 'Payment service account'],
	['2000', 'Osakepääoma', 'Share capital'],
	['2250', 'Edellisten tilikausien voitto/tappio', 'Retained earnings'],
	['2370', 'Tilikauden voitto/tappio', 'Profit for the financial year'],
	['2620', 'Pankkilainat', 'Bank loans'],
	['2830', 'Saadut ennakot', 'Advances received'],
	['2871', 'Ostovelat', 'Trade payables'],
	['2876', 'Matka- ja kululaskuvelat', 'Travel and expense payables'],
	['2920', 'Ennakonpidätysvelka', 'Withholding tax payable'],
	['2923', 'Sosiaaliturvamaksuvelka', 'Social security payable'],
	['2939', 'Arvonlisäverovelka', 'VAT payable'],
	['2945', 'Palkkavelat', 'Salaries payable'],
	['2960', 'Siirtovelat', 'Accruals and deferred income'],
	['3000', 'Myynti 25,5 %', 'Sales 25.5%'],
	['3010', 'Myynti 13,5 %', 'Sales 13.5%'],
	['3020', 'Palvelumyynti', 'Service sales'],
	['3030', 'Laitevuokrat', 'Equipment rental income'],
	['3360', 'Palvelujen myynti EU-maihin', 'Sales of services to EU'],
	['3500', 'Annetut alennukset', 'Discounts given'],
	['3900', 'Muut liiketoiminnan tuotot', 'Other operating income'],
	['4000', 'Ostot 25,5 %', 'Purchases 25.5%'],
	['4010', 'Ostot 13,5 %', 'Purchases 13.5%'],
	['4090', 'Rahdit ja huolinta', 'Freight and forwarding'],
	['4400', 'Varaston muutos', 'Change in inventory'],
	['4450', 'Alihankinta', 'Subcontracting'],
	['5000', 'Palkat', 'Wages and salaries'],
	['5300', 'Lomapalkat', 'Holiday pay'],
	['6100', 'Työnantajan eläkemaksut', 'Pension contributions'],
	['6300', 'Sosiaaliturvamaksut', 'Social security contributions'],
	['6830', 'Poistot koneista ja kalustosta', 'Depreciation of machinery'],
	['7000', 'Vapaaehtoiset henkilösivukulut', 'Voluntary staff costs'],
	['7230', 'Toimitilavuokrat', 'Rents of premises'],
	['7300', 'Sähkö ja vesi', 'Electricity and water'],
	['7600', 'Muut kulukorvaukset', 'Expense compensations'],
	['7630', 'Polttoaineet', 'Fuel'],
	['7680', 'Tietokoneohjelmistot', 'Software'],
	['7800', 'Matkakulut', 'Travel expenses'],
	['7820', 'Päivärahat', 'Daily allowances'],
	['7830', 'Kilometrikorvaukset', 'Kilometre allowances'],
	['8050', 'Markkinointi', 'Marketing'],
	['8380', 'Taloushallinnon palvelut', 'Accounting services'],
	['8450', 'Pyöristyserot', 'Rounding differences'],
	['8500', 'Toimistokulut', 'Office expenses'],
	['8560', 'Puhelinkulut', 'Telephone'],
	['9160', 'Korkotuotot', 'Interest income'],
	['9440', 'Korkokulut', 'Interest expenses'],
	['9900', 'Tuloverot', 'Income taxes'],
	['3999', 'Vanha myyntitili', 'Old sales account'],
];

export const demoAccounts = (): Account[] =>
	CHART.map(([code, name, english]) => ({ code, name, english, active: code !== '3999' }));

/** The statuses that the notes name: domestic, no VAT, services to the EU. */
export const demoVatStatuses = (): VatStatus[] => [
	{ vatStatus: 1, description: 'Kotimaa', sales: true, purchase: true, domestic: true },
	{ vatStatus: 12, description: 'Ei arvonlisäveroa', sales: true, purchase: true, domestic: false },
	{ vatStatus: 22, description: 'Palvelujen myynti EU-maihin', sales: true, purchase: false, domestic: false },
];

export const demoDimensions = (): Dimension[] => [
	{
		id: 1,
		name: 'Kustannuspaikka',
		items: [
			{ id: 11, codeName: 'Helsinki', description: 'Helsingin toimipiste' },
			{ id: 12, codeName: 'Tampere', description: 'Tampereen toimipiste' },
			{ id: 13, codeName: 'Verkkokauppa' },
			{ id: 14, codeName: 'Turku', status: 'P', description: 'Suljettu 2025' },
		],
	},
	{
		id: 2,
		name: 'Projekti',
		items: [
			{ id: 21, codeName: 'P-101 Kahvilaketju', description: 'Laiteuudistus' },
			{ id: 22, codeName: 'P-102 Messut 2026' },
			{ id: 23, codeName: 'P-103 Baristakoulutus' },
		],
	},
];

/** 2025 closed; 2026 open with its quarters closed, pending, open, open; 2027 open without periods. */
export function demoFiscalYears(modified: number): FiscalYear[] {
	const quarter = (id: number, startDate: string, endDate: string, status: 'OPEN' | 'PENDING' | 'CLOSED') => ({
		id,
		startDate,
		endDate,
		status,
		modified,
	});
	return [
		{ id: 3, startDate: '2025-01-01', endDate: '2025-12-31', isOpen: false, modified, trackingPeriods: [] },
		{
			id: 4,
			startDate: '2026-01-01',
			endDate: '2026-12-31',
			isOpen: true,
			modified,
			trackingPeriods: [
				quarter(41, '2026-01-01', '2026-03-31', 'CLOSED'),
				quarter(42, '2026-04-01', '2026-06-30', 'PENDING'),
				quarter(43, '2026-07-01', '2026-09-30', 'OPEN'),
				quarter(44, '2026-10-01', '2026-12-31', 'OPEN'),
			],
		},
		{ id: 5, startDate: '2027-01-01', endDate: '2027-12-31', isOpen: true, modified, trackingPeriods: [] },
	];
}
