import { v7, validate } from "uuid";

/** A new row id: UUIDv7, opaque to callers, in the order of creation for the indexes. */
export const newId = (): string => v7();

export const isId = (value: string): boolean => validate(value);
