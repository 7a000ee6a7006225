import { isIP } from "node:net";
import { Readable } from "node:stream";
import MailComposer from "nodemailer/lib/mail-composer";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { SmtpServer } from "./smtp-server";

const TIMEOUT_MS = 10_000;

export interface WholeMail {
  /** The Message-ID with its brackets: it is ours, so that a mail can be found at the vendor. */
  messageId: string;
  from: string | { name: string; address: string };
  to: string;
  replyTo?: string;
  subject: string;
  text: string;
  html?: string;
  headers?: Record<string, string>;
}

/**
 * How far the talk with the server came: to a connection, past the log-in, to the addresses, or to the mail itself. Only
 * from there on it may have the mail.
 */
export type Stage = "connect" | "login" | "sender" | "recipient" | "body";

/** What went wrong. `reply`: the server's number, where it answered, and the class of its answer (RFC 3463). */
export interface HandOverFailure {
  stage: Stage;
  code: string;
  reply: number | undefined;
  enhanced: string | undefined;
}

/** Our own code or an address that is none stood in the way: no server was asked, and none ever will take it. */
export const isMalformed = ({ code, reply }: HandOverFailure): boolean =>
  reply === undefined && (code === "EENVELOPE" || code === "EMESSAGE");

/** Whether the server has taken the mail: its own yes, or what went wrong. */
export type HandOver = { isTaken: true } | ({ isTaken: false } & HandOverFailure);

/**
 * Hands one mail to a server. No file and no address that the mail names is read. The stage of a failure tells whether the
 * server can have it: before `body` no byte of it has left.
 */
export async function handOver(mail: WholeMail, server: SmtpServer, timeoutMs = TIMEOUT_MS): Promise<HandOver> {
  const safe = { disableFileAccess: true, disableUrlAccess: true };
  const composed = new MailComposer({ ...mail, headers: asTheyAre(mail.headers), ...safe }).compile();
  const raw = await composed.build();
  return talk(server, timeoutMs, async (connection, reach) => {
    let hasBegun = false;
    const source = new Readable({
      read() {
        hasBegun = true; // asked for only once the server has said that it takes the mail
        this.push(raw);
        this.push(null);
      },
    });
    reach("recipient");
    await new Promise<void>((taken, failed) => {
      connection.once("error", failed);
      connection.send(composed.getEnvelope(), source, (error) => (error ? failed(error) : taken()));
    }).catch((error: unknown) => {
      if (hasBegun) reach("body");
      throw error;
    });
  });
}

/** Short values of ours, on one line each: machines read them, and not all know folded ones. */
const asTheyAre = (headers: Record<string, string> = {}) =>
  Object.entries(headers).map(([key, value]) => ({
    key,
    value: { prepared: true, value: value.replace(/\s+/g, " ") },
  }));

/** Connects and logs in, and hands nothing over: whether a server and its secrets work. */
export const knock = (server: SmtpServer, timeoutMs = TIMEOUT_MS): Promise<HandOver> =>
  talk(server, timeoutMs, () => Promise.resolve());

async function talk(
  server: SmtpServer,
  timeoutMs: number,
  work: (connection: SMTPConnection, reach: (stage: Stage) => void) => Promise<void>,
): Promise<HandOver> {
  const { host, name, port, isSecure: secure, mustUpgrade: requireTLS, auth } = server;
  const times = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
  const tls = isIP(name) ? {} : { servername: name };
  const connection = new SMTPConnection({ host, port, secure, requireTLS, tls, ...times });
  let stage: Stage = "connect";
  try {
    await step(connection, (done) => connection.connect(done));
    stage = "login";
    if (auth) await step(connection, (done) => connection.login(auth, done));
    await work(connection, (reached) => (stage = reached));
    return { isTaken: true };
  } catch (error) {
    return { isTaken: false, ...failureOf(error, stage) };
  } finally {
    connection.on("error", () => undefined); // whatever it says from here on changes nothing
    connection.close();
  }
}

/** One step of the talk: the connection's own failure ends it too. */
function step(connection: SMTPConnection, work: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once("error", reject);
    work((error) => {
      connection.off("error", reject);
      if (error) reject(error);
      else resolve();
    });
  });
}

/** What the library tells of a failure: what broke, at which command, and the server's answer where there was one. */
interface Told {
  code: string;
  originalCode: string;
  command: string;
  response: string;
  responseCode: number;
}

const ENHANCED = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})/;

function failureOf(error: unknown, reached: Stage): HandOverFailure {
  const told = { ...Object(error) } as Partial<Told>; // the named cast: its errors carry these as plain properties
  const { code = "", originalCode = "", command = "", response = "", responseCode } = told;
  const stage = reached === "recipient" && command === "MAIL FROM" ? "sender" : reached;
  return {
    stage,
    code: originalCode || code || "network",
    reply: responseCode || undefined,
    enhanced: ENHANCED.exec(response)?.[1],
  };
}
