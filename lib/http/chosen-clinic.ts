const CHOSEN = /(?:^|;\s*)clinicSlug=([a-z0-9-]+)(?:;|$)/;

/**
 * The slug of the clinic that a person last chose, for the paths that name none (`POST /api/session/clinic` sets it). It
 * opens nothing: the door asks for their membership all the same.
 */
export const chosenClinic = (request: Request): string | undefined =>
  CHOSEN.exec(request.headers.get("cookie") ?? "")?.[1];
