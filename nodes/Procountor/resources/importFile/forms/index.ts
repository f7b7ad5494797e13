/** How a cell of an import file is written and read, by the kind of its value. */
export { address } from './address';
export * from './codes';
export * from './values';
