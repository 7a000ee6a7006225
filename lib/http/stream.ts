/** A body of texts that are made one by one, each when the last one has been taken; who leaves ends the making. */
function streamOf(parts: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return();
    },
  });
}

/** A CSV file of parts, saved under a name; nothing on the way keeps it. */
export const csvResponse = (parts: AsyncGenerator<string, void>, name: string, requestId: string): Response =>
  new Response(streamOf(parts), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
      "x-request-id": requestId,
    },
  });
