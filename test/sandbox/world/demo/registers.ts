import { businessId, finnishIban } from '../../finnish';
import { bankAccounts } from '../../records/bankaccounts';
import { type Partner, partnerGroups, partners, type PartnerType } from '../../records/partners';
import { type Product, productGroups, products } from '../../records/products';
import type { Company } from '../world';

/** Name, street, zip, city, channel, active. */
type PartnerLine = [name: string, street: string, zip: string, city: string, channel: string, active?: boolean];

const CUSTOMERS: PartnerLine[] = [
	['Kahvila Aamurusko Oy', 'Mannerheimintie 12', '00100', 'HELSINKI', 'ELECTRONIC_INVOICE'],
	['Ravintola Pohjantähti Ky', 'Hämeenkatu 5', '33100', 'TAMPERE', 'EMAIL'],
	['Lähiruoka Järvinen Oy', 'Kauppakatu 21', '40100', 'JYVÄSKYLÄ', 'ELECTRONIC_INVOICE'],
	['Hotelli Satakunta Oy', 'Valtakatu 3', '28100', 'PORI', 'EMAIL'],
	['Konditoria Åkerlund Ab', 'Strandgatan 8', '65100', 'VAASA', 'EMAIL'],
	['Toimisto Kulma Oy', 'Rautatienkatu 17', '15110', 'LAHTI', 'MAIL'],
	['Pirkan Pienpaahtimo Oy', 'Satamakatu 2', '33200', 'TAMPERE', 'NO_SENDING'],
	['Espressobaari Mokka Tmi', 'Linnankatu 30', '20100', 'TURKU', 'EMAIL'],
	['Museokahvila Galleria Oy', 'Museokatu 1', '00100', 'HELSINKI', 'ELECTRONIC_INVOICE'],
	['Lopettanut Kahvio Oy', 'Vanhakatu 9', '90100', 'OULU', 'MAIL', false],
];

const SUPPLIERS: PartnerLine[] = [
	['Paahtimo Meriväylä Oy', 'Varastokatu 4', '00510', 'HELSINKI', 'NO_SENDING'],
	['Keittiölaite Nordlund Oy', 'Teollisuustie 15', '33470', 'YLÖJÄRVI', 'NO_SENDING'],
	['Rahtipalvelu Kivelä Oy', 'Terminaalitie 6', '01530', 'VANTAA', 'NO_SENDING'],
	['Kiinteistö Oy Satamaranta', 'Laiturikatu 1', '00160', 'HELSINKI', 'NO_SENDING'],
	['Sähköyhtiö Valo Oy', 'Voimalatie 10', '70100', 'KUOPIO', 'NO_SENDING'],
	['Tilitoimisto Tasapaino Oy', 'Kirkkokatu 14', '90100', 'OULU', 'NO_SENDING'],
	['Ohjelmistotalo Bitti Oy', 'Innovaatiokatu 2', '90590', 'OULU', 'NO_SENDING'],
	['Entinen Toimittaja Oy', 'Kuja 3', '04200', 'KERAVA', 'NO_SENDING', false],
];

const PERSONS: PartnerLine[] = [
	['Koivuranta Aino', 'Rantatie 5', '00200', 'HELSINKI', 'NO_SENDING'],
	['Myllymäki Eero', 'Harjukatu 11', '33230', 'TAMPERE', 'NO_SENDING'],
	['Hyväri Onni', 'Metsätie 7', '02600', 'ESPOO', 'NO_SENDING'],
];

function addPartners(company: Company, type: PartnerType, lines: PartnerLine[], at: number, suffix: string): void {
	lines.forEach(([name, street, zip, city, invoiceChannel, active = true], index) => {
		const number = (type === 'CUSTOMER' ? 1000 : type === 'SUPPLIER' ? 5000 : 9000) + index + 1;
		const identifier = businessId(2_100_000 + number * 37 + company.id);
		const digits = identifier.replace('-', '');
		const address = { name: name + suffix, street, zip, city, country: 'FINLAND' };
		const electronic =
			invoiceChannel === 'ELECTRONIC_INVOICE'
				? { einvoiceAddress: `0037${digits}`, einvoiceOperator: '003721291126' }
				: {};
		const partner: Omit<Partner, 'id'> = {
			name: name + suffix,
			type,
			address,
			billingAddress: address,
			invoicingInfo: {
				customerNumber: String(number),
				...(type === 'PERSON' ? {} : { identifier, identifierType: 'FI' }),
				invoiceChannel,
				language: 'FINNISH',
				...(invoiceChannel === 'EMAIL' ? { email: `laskut${number}@example.fi` } : {}),
				...electronic,
			},
			paymentInfo: {
				paymentMethod: 'BANK_TRANSFER',
				currency: 'EUR',
				paymentTermDays: '14',
				...(type === 'CUSTOMER' ? {} : { bankAccount: finnishIban(`123456${String(10_000_000 + number)}`) }),
			},
			registryInfo: {
				active,
				phone: `+35891234${number}`,
				partnerGroups: index < 2 ? [company.register(partnerGroups).all()[type === 'CUSTOMER' ? 0 : 1].record] : [],
			},
		};
		company.register(partners).add((id) => ({ ...partner, id }), 1001, { at: at + index * 60_000 });
	});
}

type ProductLine = [
	type: Product['type'],
	name: string,
	code: string,
	unit: string,
	price: number,
	vat: number,
	account: string,
	active?: boolean,
];

const PRODUCTS: ProductLine[] = [
	['SALES', 'Kahvi tumma paahto 1 kg', 'KAH-001', 'KILOGRAM', 14.9, 13.5, '3010'],
	['SALES', 'Kahvi vaalea paahto 1 kg', 'KAH-002', 'KILOGRAM', 13.9, 13.5, '3010'],
	['SALES', 'Tee Earl Grey 100 pss', 'TEE-001', 'BOX', 11.5, 13.5, '3010'],
	['SALES', 'Kuppi valkoinen 2 dl', 'KUP-200', 'PIECE', 3.5, 25.5, '3000'],
	['SALES', 'Espressokone X2', 'KON-X2', 'PIECE', 2490, 25.5, '3000'],
	['SALES', 'Konevuokra kuukausi', 'VUO-001', 'MONTH', 120, 25.5, '3030'],
	['SALES', 'Baristakoulutus', 'KOU-001', 'HOUR', 95, 25.5, '3020'],
	['SALES', 'Huoltokäynti', 'HUO-001', 'HOUR', 78, 25.5, '3020'],
	['SALES', 'Vanha tuote', 'VAN-001', 'PIECE', 10, 25.5, '3000', false],
	['PURCHASE', 'Raakakahvi säkki', 'OST-001', 'SACK', 310, 13.5, '4010'],
	['PURCHASE', 'Laitteet', 'OST-002', 'PIECE', 1500, 25.5, '4000'],
	['PURCHASE', 'Rahti', 'OST-003', 'PIECE', 85, 25.5, '4090'],
	['PURCHASE', 'Toimitilavuokra', 'OST-004', 'MONTH', 2100, 0, '7230'],
	['TRAVEL', 'Kilometrikorvaus', 'KM-2026', 'KILOMETER', 0.55, 0, '7830'],
	['TRAVEL', 'Kokopäiväraha', 'PR-2026', 'DAY', 54, 0, '7820'],
];

/** Fills groups, partners, products and bank accounts. */
export function fillRegisters(company: Company, at: number, suffix: string): void {
	for (const [name, type] of [
		['Avainasiakkaat', 'CUSTOMER'],
		['Päätoimittajat', 'SUPPLIER'],
		['Vanhat asiakkaat', 'CUSTOMER'],
	] as const) {
		company
			.register(partnerGroups)
			.add((id) => ({ id, name, type, active: name !== 'Vanhat asiakkaat' }), 1001, { at });
	}
	addPartners(company, 'CUSTOMER', CUSTOMERS, at, suffix);
	addPartners(company, 'SUPPLIER', SUPPLIERS, at + 3_600_000, suffix);
	addPartners(company, 'PERSON', PERSONS, at + 7_200_000, suffix);
	for (const [name, type] of [
		['Kahvit ja teet', 'SALES'],
		['Laitteet ja palvelut', 'SALES'],
		['Ostot', 'PURCHASE'],
		['Matkat', 'TRAVEL'],
	] as const) {
		company.register(productGroups).add((id) => ({ id, name, type }), 1001, { at });
	}
	const groups = company.register(productGroups).all();
	PRODUCTS.forEach(([type, name, code, unit, price, vat, account, active = true], index) => {
		const group = type === 'SALES' ? groups[index < 3 ? 0 : 1] : groups[type === 'PURCHASE' ? 2 : 3];
		const travel =
			type === 'TRAVEL' ? { startDate: '2026-01-01', endDate: '2026-12-31', bookkeepingAccount: account } : {};
		const english = code.startsWith('KAH')
			? [{ language: 'ENGLISH', productName: name.replace('Kahvi', 'Coffee') }]
			: [];
		company.register(products).add(
			(id): Product => ({
				id,
				type,
				name: name + suffix,
				code,
				unit,
				discount: 0,
				price,
				vat,
				active,
				currency: 'EUR',
				productGroupId: group.id,
				productLocalizations: english,
				...(vat === 0 ? {} : { vatStatus: 1 }),
				...(type === 'TRAVEL' ? travel : { defaultAccount: account }),
			}),
			1001,
			{ at: at + index * 60_000 },
		);
	});
	const accounts = [
		['5000012000', 'OKOYFIHH', 'OP Koivuranta', '1910'],
		['1234500000', 'NDEAFIHH', 'Nordea', '1920'],
		['4055000000', 'HELSFIHH', 'Aktia', '1930'],
	] as const;
	accounts.forEach(([digits, bic, bankName, ledgerAccount], index) => {
		const iban = finnishIban(digits + String(company.id % 10_000).padStart(4, '0'));
		const fields = {
			iban,
			accountNumber: iban.slice(4),
			bic,
			bankName,
			currency: 'EUR',
			defaultForInvoice: index === 0,
			defaultForPayment: index === 0,
			status: index === 2 ? ('INACTIVE' as const) : ('ACTIVE' as const),
			orderNo: index + 1,
			ledgerAccount,
			showAccountOnInvoice: index === 0,
			allowPayments: index < 2,
			allowForeignPayments: index === 0,
			allowSalaryPayments: index === 0,
			allowExpressPayments: index === 0,
		};
		company.register(bankAccounts).add((id) => ({ ...fields, id }), 1001, { at });
	});
}
