interface CalendarFile {
  text: string;
  etag: string;
}

/** A calendar as its readers take it; one that they have already costs no body. */
export function serveCalendar(request: Request, { text, etag }: CalendarFile): Response {
  const headers = {
    "content-type": "text/calendar; charset=utf-8",
    "cache-control": "private, max-age=300",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
    etag,
  };
  const known = (request.headers.get("if-none-match") ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  if (known.includes(etag) || known.includes("*")) return new Response(null, { status: 304, headers });
  return new Response(text, { headers: { ...headers, "content-disposition": 'inline; filename="calendar.ics"' } });
}
