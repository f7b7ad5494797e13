import { plainName } from './names';
import { ok, quoted, fail, textOf, type Result } from './result';

/**
 * Procountor's units with the spellings under which they come from other systems: English and Finnish words and
 * abbreviations, some Swedish ones, and the codes of UN/ECE recommendation 20 that e-invoices use. A unit is also known by
 * its own value and its English plural. Left out is what could mean two units: symbols that differ by capitals alone (mW, MW),
 * and s, v, a, pt.
 */
export const UNIT_SPELLINGS: Readonly<Record<string, string>> = {
	CM: 'cm,cmt,centimeter,centimetre,senttimetri,sentti',
	LOT: 'erä,parti',
	GRAM: 'g,gr,grm,gramma,gramme',
	HOUR: 'h,hr,hrs,hur,tunti,tuntia,t:t,timme,timmar,tim',
	PERSON: 'hlö,hlo,henkilö,henkilöä,people,pers,ief',
	LINEAR_METER: 'jm,jmetri,juoksumetri,lm,linear metre,running meter',
	KILOGRAM: 'kg,kgm,kilo,kilogramma,kilogramme',
	MONTH: 'kk,kuukausi,kuukautta,mon,mo,mth,månad,mån',
	KILOMETER: 'km,kmt,kilometre,kilometri,kilometriä',
	PIECE: 'kpl,kappale,kappaletta,pcs,pc,pce,ea,each,st,stk,styck,c62,h87,nar,unit',
	KILOWATT_HOUR: 'kwh,kilowattitunti',
	LITER: 'l,ltr,litre,litra,litraa',
	BOX: 'ltk,laatikko,xbx,bx,låda',
	METER: 'm,mtr,metre,metri,metriä',
	SQUARE_METER: 'm2,sqm,mtk,neliö,neliömetri,square metre,kvm',
	CUBIC_METER: 'm3,mtq,kuutio,kuutiometri,cubic metre,cbm',
	SALE_UNIT: 'myyntierä,sales unit,myyntiyksikkö',
	MINUTE: 'min,mins,minuutti,minuuttia,minut',
	MILLIMETER: 'mm,mmt,millimetre,millimetri',
	PARCEL: 'pkt,paketti,pak,package,pack,xpk,paket,kolli',
	BOTTLE: 'plo,pullo,xbo,flaska',
	CAN: 'tlk,tölkki,xca,burk',
	BAG: 'ps,pss,pussi,xbg,påse,kassi',
	DAY: 'd,pv,päivä,päivää,pvä,dag,dagar',
	ROLL: 'rll,rulla,xro,rulle',
	PAGE: 'siv,sivu,sivua,zp,sida',
	SACK: 'sk,säkki,xsa,säck',
	SERIES: 'sarja,srj,serie',
	TUBE: 'tuubi,tb,xtu,tub',
	TON: 'tn,tne,tonni,tonnia,tonne,metric ton',
	YEAR: 'vuosi,vuotta,ann,yr,år',
	WEEK: 'vk,vko,viikko,viikkoa,wee,wk,vecka',
	FULL_DAY: 'vrk,vuorokausi,vuorokautta,dygn',
	KILOBIT: 'kbit,kilobitti',
	MEGABIT: 'mbit,megabitti',
	GIGABIT: 'gbit,gigabitti',
	TERABIT: 'tbit,terabitti',
	SQUARE_CENTIMETRE: 'cm2,cmk,square centimeter,neliösenttimetri',
	CENTILITRE: 'cl,clt,centiliter,senttilitra',
	CUP: 'kuppi,kopp',
	DECILITRE: 'dl,dlt,deciliter,desilitra',
	GALLON_UK: 'uk gallon,imperial gallon,gli',
	GALLON_US: 'us gallon,gll',
	MILLILITRE: 'ml,mlt,milliliter,millilitra',
	PINT_UK: 'uk pint,pti',
	PINT_US: 'us pint',
	AMPERE: 'amp,ampeeri',
	AMPERE_HOUR: 'ah,amh,ampeeritunti',
	AMPERE_MINUTE: 'ampeeriminuutti',
	KILOAMPERE_HOUR: 'kah',
	KILOVOLT: 'kv,kvt,kilovoltti',
	MILLIVOLT: 'millivoltti',
	MILLIAMPERE_HOUR: 'mah,milliampeeritunti',
	FOOT: 'ft,fot,feet,jalka',
	INCH: 'in,inh,tuuma,inches,tum',
	MILE: 'mi,smi,maili',
	YARD: 'yd,yrd,jaardi',
	EXAJOULE: 'ej,eksajoule',
	GIGAJOULE: 'gj,gv',
	JOULE: 'j,jou',
	JOULE_PER_SECOND: 'j/s',
	KILOJOULE: 'kj,kjo',
	MILLIJOULE: '',
	PETAJOULE: '',
	TERAJOULE: 'tj',
	GRAM_PER_CUBIC_METRE: 'g/m3,gram per cubic meter',
	GRAM_PER_SQUARE_METRE: 'g/m2,gsm,gram per square meter',
	KILOGRAM_PER_CUBIC_METRE: 'kg/m3,kmq,kilogram per cubic meter',
	KILOGRAM_PER_SQUARE_METRE: 'kg/m2,kilogram per square meter',
	MILLIGRAM: 'mg,mgm,milligramma',
	MILLIGRAM_PER_CUBIC_METRE: 'mg/m3,milligram per cubic meter',
	OUNCE: 'oz,onz,unssi',
	POUND: 'lb,lbs,lbr,pauna,naula',
	STONE_UK: 'stone,sti',
	DOZEN: 'dz,dzn,tusina,dussin',
	DOZEN_PACK: '12-pack',
	EIGHT_PACK: '8-pack',
	FIVE_PACK: '5-pack',
	FOUR_PACK: '4-pack',
	HUNDRED: 'cen,sata,hundra',
	JAR: 'purkki,prk,xjr',
	NINE_PACK: '9-pack',
	NUMBER_OF_WORDS: 'word,sana,sanaa,sanamäärä,d68,ord',
	PAIR: 'pr,pari,paria,par',
	PALLET: 'lava,lav,xpx,pall,trukkilava',
	PLATE: 'levy,xpg',
	SET: 'setti',
	SEVEN_PACK: '7-pack',
	SIX_PACK: '6-pack',
	TEN_PACK: '10-pack',
	THREE_PACK: '3-pack',
	TWO_PACK: '2-pack',
	WRAP: 'kääre',
	GIGAWATT: 'gw,gigawatti',
	GIGAWATT_HOUR: 'gwh,gigawattitunti',
	KILOWATT: 'kw,kwt,kilowatti',
	MEGAWATT_HOUR: 'mwh,megawattitunti',
	MILLIWATT: 'milliwatti',
	TERAWATT: 'tw,terawatti',
	TERAWATT_HOUR: 'twh,terawattitunti',
	WATT: 'w,wtt,watti',
	WATT_HOUR: 'wh,whr,wattitunti',
	BAR: 'baari',
	KILOPASCAL: 'kpa,kilopaskal',
	PASCAL: 'pa,pal,paskal',
	KILOBYTE: 'kb,kilotavu',
	MEGABYTE: 'mb,megatavu',
	GIGABYTE: 'gb,gigatavu',
	SECOND: 'sek,sec,sekunti,sekuntia,sekund',
	HECTARE: 'ha,har,hehtaari,hektar',
	NO_UNIT: '-,none,no unit,ei yksikköä,ilman yksikköä',
};

/** All unit values of the API. */
export const UNIT_VALUES: readonly string[] = Object.keys(UNIT_SPELLINGS);

/** Returns a spelling for comparison, without accents and capitals. A spelling of signs only (-) stays as it is. */
function spellingKey(spelling: string): string {
	return plainName(spelling) || spelling.trim();
}

/** Units by their spellings, built when first needed. */
let valueBySpelling: Map<string, string> | undefined;

function buildSpellingMap(): Map<string, string> {
	const map = new Map<string, string>();
	for (const [value, words] of Object.entries(UNIT_SPELLINGS)) {
		for (const spelling of [value, `${value}S`, ...words.split(',')])
			if (spelling !== '') map.set(spellingKey(spelling), value);
	}
	return map;
}

/** Parses a unit from a word or abbreviation (kpl, pcs, tunti, h, m²) or Procountor's own value (PIECE). */
export function parseUnit(input: unknown): Result<string> {
	const text = textOf(input);
	if (!text.ok) return text;
	const name = text.value.replace(/\.$/, '');
	valueBySpelling ??= buildSpellingMap();
	const value = valueBySpelling.get(spellingKey(name));
	if (value === undefined)
		return fail(
			`is not a unit that Procountor knows: ${quoted(text.value)}`,
			'Use for example PIECE, HOUR, KILOGRAM, MONTH or NO_UNIT',
		);
	return ok(value);
}
