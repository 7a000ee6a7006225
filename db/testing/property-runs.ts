/** How many cases a property draws: as many as it needs to see its corners, or PROPERTY_RUNS for a long look. */
export const propertyRuns = (usual: number): number => Number(process.env.PROPERTY_RUNS ?? usual);
