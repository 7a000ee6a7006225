/** The colours that services and providers are given, as hues of the tokens' colour space. */
const HUES: Record<string, number> = {
  ...{ red: 25, orange: 50, amber: 75, yellow: 95, lime: 125, green: 150, emerald: 162, teal: 182, cyan: 205 },
  ...{ sky: 235, blue: 255, indigo: 275, violet: 292, purple: 305, fuchsia: 325, pink: 350, rose: 12 },
};
const PLAIN = 228;

export const hueOf = (color: string | null | undefined): number => HUES[color ?? ""] ?? PLAIN;
