import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({ extend: { classGroups: { "font-size": [{ text: ["2xs"] }] } } });

/** Joins class names; of two that contradict each other the later wins. */
export const cn = (...inputs: ClassValue[]): string => merge(clsx(inputs));
