/** The only clock. Everything else takes `now` from its context, so that tests can pretend any moment. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** A clock that stands still, for tests, seeds and rehearsals. */
export const clockAt = (instant: string | Date): Clock => {
  const fixed = new Date(instant);
  return () => new Date(fixed);
};
