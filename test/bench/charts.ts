import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { init, type EChartsOption } from 'echarts';
import { cases } from './cases';
import { wayLabels, type WayName } from './cases/types';
import { cellOf, type Results } from './results';

/** The latency that the bars show, in milliseconds: about what a server abroad takes. */
const LATENCY = 80;
const WIDTH = 820;
const WAYS: readonly WayName[] = ['node', 'taught', 'expert', 'bare'];

interface Colours {
	background: string;
	text: string;
	line: string;
	/** A colour for each way, the node first. */
	bars: string[];
}

const THEMES: Record<'light' | 'dark', Colours> = {
	light: {
		background: '#ffffff',
		text: '#24292f',
		line: '#d0d7de',
		bars: ['#0f7b5f', '#b9c0c9', '#8f99a6', '#5b6775'],
	},
	dark: { background: '#0d1117', text: '#e6edf3', line: '#30363d', bars: ['#2fbf94', '#4a535f', '#6e7884', '#9aa5b1'] },
};

/** A chart without its colours: bars of several ways side by side, for each thing that was measured. */
interface Bars {
	title: string;
	groups: string[];
	ways: Array<{ name: string; values: Array<number | undefined> }>;
	label: (value: number) => string;
}

const count = (value: number): string => value.toLocaleString('en');
const duration = (milliseconds: number): string =>
	milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/** Time or requests of each case, beside the other ways. */
function ofCases(results: Results, title: string, read: 'milliseconds' | 'requests', label: Bars['label']): Bars {
	const measured = cases.filter(({ key }) => cellOf(results, key, 'node', LATENCY));
	return {
		title,
		groups: measured.map(({ key, name }) => `(${key}) ${name}`),
		ways: WAYS.map((way) => ({
			name: wayLabels[way],
			values: measured.map(({ key }) => cellOf(results, key, way, LATENCY)?.[read]),
		})),
		label,
	};
}

function ofGrowth({ growth }: Results): Bars {
	const points = growth?.points ?? [];
	return {
		title: 'Time to list 1,000 invoices of a growing list (shorter is better)',
		groups: points.map(({ invoices }) => `${count(invoices)} invoices`),
		ways: [
			{ name: wayLabels.node, values: points.map(({ invoices, node }) => (node / invoices) * 1000) },
			{ name: wayLabels.bareWide, values: points.map(({ invoices, bareWide }) => (bareWide / invoices) * 1000) },
		],
		label: (value) => `${value.toFixed(1)} ms`,
	};
}

/** A chart as SVG text. Bars that differ by orders of magnitude stand on a logarithmic axis, which its title says. */
function draw({ title, groups, ways, label }: Bars, { background, text, line, bars }: Colours, scale: 'log' | 'value') {
	const height = 110 + groups.length * (ways.length * 15 + 18);
	const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
	const words = { color: text, fontSize: 12 };
	const option: EChartsOption = {
		animation: false,
		backgroundColor: background,
		textStyle: { fontFamily: 'Arial, Helvetica, sans-serif' },
		title: { text: title, left: 12, top: 10, textStyle: { ...words, fontSize: 14 } },
		legend: {
			left: 8,
			top: 36,
			itemWidth: 12,
			itemHeight: 12,
			itemGap: 32,
			textStyle: words,
			data: ways.map(({ name }) => name),
		},
		grid: { left: 215, right: 80, top: 70, bottom: 12 },
		xAxis: { type: scale, axisLabel: { show: false }, axisLine: { show: false }, splitLine: { show: false } },
		yAxis: {
			type: 'category',
			data: groups,
			inverse: true,
			axisTick: { show: false },
			axisLine: { lineStyle: { color: line } },
			axisLabel: { ...words, width: 195, overflow: 'break' },
		},
		series: ways.map(({ name, values }, index) => ({
			name,
			type: 'bar',
			data: values.map((value) => value ?? '-'),
			itemStyle: { color: bars[index] },
			barGap: '10%',
			label: { show: true, position: 'right', ...words, formatter: ({ value }) => label(Number(value)) },
		})),
	};
	chart.setOption(option);
	const svg = chart.renderToSVGString();
	chart.dispose();
	return svg;
}

/**
 * Writes the charts of a measurement: time and requests of each case beside the other ways, and the growth of a list; each
 * for a light and a dark page.
 *
 * @param folder where `performance-time-light.svg` and the others are written
 */
export function writeCharts(results: Results, folder: string): void {
	const charts: Array<[name: string, bars: Bars, scale: 'log' | 'value']> = [
		[
			'time',
			ofCases(results, `Time, answers ${LATENCY} ms later (shorter is better, logarithmic)`, 'milliseconds', duration),
			'log',
		],
		['requests', ofCases(results, 'Requests (fewer are better, logarithmic)', 'requests', count), 'log'],
		['growth', ofGrowth(results), 'value'],
	];
	mkdirSync(folder, { recursive: true });
	for (const [name, bars, scale] of charts)
		for (const [theme, colours] of Object.entries(THEMES))
			writeFileSync(join(folder, `performance-${name}-${theme}.svg`), draw(bars, colours, scale));
}
