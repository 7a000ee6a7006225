import { appendFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  from: string;
  to: string[];
  /** The mail as it came over the wire: headers, an empty line, the body. */
  raw: string;
}

/**
 * What goes wrong with the next mail. `drop` and `stall`: the mail was taken, and then the connection breaks, or no answer
 * comes. `drop-early`: it breaks before the mail was asked for. `greylist`: the recipient is put off, `reject-recipient`
 * unknown; `refuse-sender`: who sends may not.
 */
export type SmtpFault =
  "refuse" | "busy" | "drop" | "stall" | "drop-early" | "greylist" | "reject-recipient" | "refuse-sender";

/** What the server saw, written at once and never changed. The outbox id is the Message-ID's first part. */
export interface MailEntry {
  at: string;
  kind: "accepted" | "withheld" | "refused";
  to: string;
  outboxId: string | undefined;
}

export interface SmtpStub {
  url: string;
  /** Every mail that was taken, in order; `drop` and `stall` take it too. */
  mails: ReceivedMail[];
  /** One fault a mail, the first first. */
  faults: SmtpFault[];
  ledger: MailEntry[];
  close: () => Promise<void>;
}

interface StubSettings {
  port?: number;
  /** Who may send; anybody unless said. */
  login?: { user: string; pass: string };
  /** Where the ledger is kept beside the memory. */
  ledgerPath?: string;
  /** Where every mail that was taken is kept beside the memory: a line of JSON each, with when it came. */
  mailboxPath?: string;
}

const refusal = (message: string, responseCode: number) => Object.assign(new Error(message), { responseCode });
const REFUSED_RECIPIENTS: Partial<Record<SmtpFault, Error>> = {
  "reject-recipient": refusal("5.1.1 No such user", 550),
  greylist: refusal("4.7.1 Come back later", 450),
};
const MESSAGE_ID = /^Message-ID: <([^@>]+)@/im;

/** An SMTP server that keeps what it is handed and fails on demand. */
export async function startSmtpStub(settings: StubSettings = {}): Promise<SmtpStub> {
  const { port = 0, login, ledgerPath, mailboxPath } = settings;
  const mails: ReceivedMail[] = [];
  const faults: SmtpFault[] = [];
  const ledger: MailEntry[] = [];
  const write = (kind: MailEntry["kind"], to: string, raw = "") => {
    const entry = { at: new Date().toISOString(), kind, to, outboxId: MESSAGE_ID.exec(raw)?.[1] };
    ledger.push(entry);
    if (ledgerPath) appendFileSync(ledgerPath, `${JSON.stringify(entry)}\n`);
  };
  const breakOff = () => {
    for (const connection of server.connections) Reflect.get(connection, "_socket").destroy();
  };
  const server = new SMTPServer({
    ...{ authOptional: !login, allowInsecureAuth: true, disabledCommands: ["STARTTLS"], closeTimeout: 100 },
    onAuth: ({ username, password }, _session, done) => {
      const isKnown = !login || (username === login.user && password === login.pass);
      return isKnown ? done(null, { user: "anyone" }) : done(refusal("5.7.8 Wrong secrets", 535));
    },
    onMailFrom: (_address, _session, done) => {
      if (faults[0] !== "refuse-sender") return done();
      faults.shift();
      done(refusal("5.7.1 Not your address", 550));
    },
    onRcptTo: ({ address }, _session, done) => {
      const [fault] = faults;
      const refused = fault && REFUSED_RECIPIENTS[fault];
      if (!refused && fault !== "drop-early") return done();
      faults.shift();
      write("refused", address);
      return refused ? done(refused) : breakOff();
    },
    onData: (stream, { envelope }, done) => {
      void text(stream).then((raw) => {
        const fault = faults.shift();
        const to = envelope.rcptTo.map(({ address }) => address);
        const answer = fault === "refuse" ? refusal("5.7.1 Not here", 554) : refusal("Later", 451);
        if (fault === "refuse" || fault === "busy") {
          write("refused", to.join(), raw);
          return done(answer);
        }
        const mail = { from: envelope.mailFrom ? envelope.mailFrom.address : "", to, raw };
        mails.push(mail);
        if (mailboxPath) appendFileSync(mailboxPath, `${JSON.stringify({ at: new Date().toISOString(), ...mail })}\n`);
        const isSilent = fault === "drop" || fault === "stall";
        write(isSilent ? "withheld" : "accepted", to.join(), raw);
        if (!isSilent) return done();
        if (fault === "drop") breakOff();
      });
    },
  });
  server.on("error", () => undefined); // connections that break are what it is for
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const address = server.server.address();
  const host = `127.0.0.1:${typeof address === "object" && address ? address.port : port}`;
  const url = `smtp://${login ? `${encodeURIComponent(login.user)}:${encodeURIComponent(login.pass)}@` : ""}${host}`;
  return { url, mails, faults, ledger, close: () => new Promise((closed) => server.close(closed)) };
}
