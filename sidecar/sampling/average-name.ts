/** The name of the average of a weight or of a network: that of "generator" is the network "ema/generator". */
export const averageName = (name: string): string => `ema/${name}`;
