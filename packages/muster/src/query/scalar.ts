/** A value as it stands in a cell or in a spec. */
export type Scalar = string | number | boolean;
