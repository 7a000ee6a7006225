import { subscribe } from "node:diagnostics_channel";
import { Socket } from "node:net";
import { z } from "zod";

const HERE = /^(localhost|127\.|\[?::1)/;
const Asked = z.union([
  z.object({ connectParams: z.object({ hostname: z.string() }) }).transform((one) => one.connectParams.hostname),
  z.object({ request: z.object({ host: z.string() }) }).transform((one) => one.request.host),
]);
const Opened = z.object({ socket: z.instanceof(Socket) });

/**
 * From now on, every host other than this machine that the process asks something of: by fetch, by Node's own client, or
 * by looking its name up for any other connection.
 */
export function watchStrangers(): ReadonlySet<string> {
  const strangers = new Set<string>();
  const note = (host: string) => void (HERE.test(host) || strangers.add(host));
  for (const channel of ["undici:client:beforeConnect", "http.client.request.start"])
    subscribe(channel, (message) => {
      const asked = Asked.safeParse(message);
      if (asked.success) note(asked.data);
    });
  subscribe("net.client.socket", (message) => {
    const opened = Opened.safeParse(message);
    opened.data?.socket.on("lookup", (_error, _address, _family, host) => note(host));
  });
  return strangers;
}
