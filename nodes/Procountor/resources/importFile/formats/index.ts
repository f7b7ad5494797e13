/** The formats of cells in import files. */
export { address } from './address';
export * from './codes';
export * from './values';
