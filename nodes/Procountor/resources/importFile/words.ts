import { unit as checkUnit, unitValues } from '../../validation/units';
import { schemaAt, schemaNamed } from '../../api';
import { word } from './forms';
import type { Form } from './types';

/**
 * Procountor's abbreviations of units, as its Finnish user interface writes them and public clients send them (kpl, km, h).
 * No source lists them all (U): rarer units are left to the person's own word.
 */
const units: Readonly<Record<string, string>> = {
	CM: 'cm',
	LOT: 'erä',
	GRAM: 'g',
	HOUR: 'h',
	PERSON: 'hlö',
	LINEAR_METER: 'jm',
	KILOGRAM: 'kg',
	MONTH: 'kk',
	KILOMETER: 'km',
	PIECE: 'kpl',
	KILOWATT_HOUR: 'kWh',
	LITER: 'l',
	BOX: 'ltk',
	METER: 'm',
	SQUARE_METER: 'm2',
	CUBIC_METER: 'm3',
	MINUTE: 'min',
	MILLIMETER: 'mm',
	PARCEL: 'pkt',
	BOTTLE: 'plo',
	CAN: 'tlk',
	BAG: 'ps',
	DAY: 'pv',
	ROLL: 'rll',
	PAGE: 'siv',
	SACK: 'sk',
	SERIES: 'sarja',
	TUBE: 'tuubi',
	TON: 'tn',
	YEAR: 'vuosi',
	WEEK: 'vk',
	FULL_DAY: 'vrk',
};

export const unit = (): Form => word(units, unitValues, 'kpl', checkUnit);

/** The file's words for payment methods. Only the word for a bank transfer is known, from public clients (U). */
export const paymentMethod = (): Form =>
	word(
		{ BANK_TRANSFER: 'tilisiirto' },
		schemaAt(schemaNamed('BusinessPartner'), 'paymentInfo.paymentMethod').enum ?? [],
		'tilisiirto',
	);

/** Delivery methods: no source has the file's words for them (U). */
export const deliveryMethod = (): Form =>
	word({}, schemaAt(schemaNamed('Invoice'), 'deliveryMethod').enum ?? [], 'Nouto');
