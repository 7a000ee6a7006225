interface File {
  contentType: string;
  fileName: string | null;
  bytes: Buffer;
}

const SHOWN = /^(image|audio|video)\//;

/**
 * A file of a patient's as an answer: shown in the page where it is a picture, sound or film, else saved. Nothing in it
 * may run (sandbox, nosniff), and no cache but the reader's own keeps it.
 */
export function serveFile({ contentType, fileName, bytes }: File): Response {
  const name = encodeURIComponent(fileName ?? "attachment");
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": contentType,
      "content-length": String(bytes.length),
      "content-disposition": `${SHOWN.test(contentType) ? "inline" : "attachment"}; filename*=UTF-8''${name}`,
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cache-control": "private, max-age=3600",
    },
  });
}
