/** The middle of a list; the mean of the two middle ones when there are two. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The exponent with which y grows with x, by least squares over the logarithms: 1 is a straight line. */
export function growth(points: ReadonlyArray<[x: number, y: number]>): number {
	const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
	const mean = (index: number) => logs.reduce((total, point) => total + point[index], 0) / logs.length;
	const [meanX, meanY] = [mean(0), mean(1)];
	const above = logs.reduce((total, [x, y]) => total + (x - meanX) * (y - meanY), 0);
	return above / logs.reduce((total, [x]) => total + (x - meanX) ** 2, 0);
}
