import { parseUnit, UNIT_VALUES } from '../../../validation/units';
import { schemaAt, schemaNamed } from '../../../api';
import { word } from './codes';
import type { CellFormat } from '../types';

/**
 * Abbreviations of units in Procountor's Finnish user interface, which public clients use too. No source lists all of
 * them (U). For other units the user enters Procountor's word.
 */
const UNIT_WORDS: Readonly<Record<string, string>> = {
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

/** A unit by its Finnish abbreviation. */
export const unit = (): CellFormat => word(UNIT_WORDS, UNIT_VALUES, 'kpl', parseUnit);

/** A payment method. Only the word for a bank transfer is known, from public clients (U). */
export const paymentMethod = (): CellFormat =>
	word(
		{ BANK_TRANSFER: 'tilisiirto' },
		schemaAt(schemaNamed('BusinessPartner'), 'paymentInfo.paymentMethod').enum ?? [],
		'tilisiirto',
	);

/** A delivery method. No source has the file's words (U). */
export const deliveryMethod = (): CellFormat =>
	word({}, schemaAt(schemaNamed('Invoice'), 'deliveryMethod').enum ?? [], 'Nouto');
