import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  from: string;
  to: string[];
  /** The mail as it came over the wire: headers, an empty line, the body. */
  raw: string;
}

/** What goes wrong with the next mail. `drop`: the connection breaks after the mail was taken, before the answer. */
export type SmtpFault = "refuse" | "busy" | "drop" | "reject-recipient";

export interface SmtpStub {
  url: string;
  /** Every mail that was taken, in order; `drop` takes it too. */
  mails: ReceivedMail[];
  /** One fault a mail, the first first. */
  faults: SmtpFault[];
  close: () => Promise<void>;
}

const refusal = (message: string, responseCode: number) => Object.assign(new Error(message), { responseCode });

/** An SMTP server that keeps what it is handed and fails on demand. */
export async function startSmtpStub(port = 0): Promise<SmtpStub> {
  const mails: ReceivedMail[] = [];
  const faults: SmtpFault[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onAuth: (_auth, _session, done) => done(null, { user: "anyone" }),
    onRcptTo: (_address, _session, done) => {
      if (faults[0] !== "reject-recipient") return done();
      faults.shift();
      done(refusal("No such user", 550));
    },
    onData: (stream, { envelope }, done) => {
      void text(stream).then((raw) => {
        const fault = faults.shift();
        if (fault === "refuse") return done(refusal("Not here", 554));
        if (fault === "busy") return done(refusal("Later", 451));
        const from = envelope.mailFrom ? envelope.mailFrom.address : "";
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw });
        if (fault !== "drop") return done();
        for (const connection of server.connections) Reflect.get(connection, "_socket").destroy();
      });
    },
  });
  server.on("error", () => undefined); // connections that break are what it is for
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const address = server.server.address();
  const url = `smtp://127.0.0.1:${typeof address === "object" && address ? address.port : port}`;
  return { url, mails, faults, close: () => new Promise((closed) => server.close(closed)) };
}
