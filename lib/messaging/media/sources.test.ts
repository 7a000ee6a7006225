import { expect, test } from "vitest";
import { tierOf, type MediaHosts } from "./sources";

const HOSTS: MediaHosts = {
  callsTo: ["api.twilio.com"],
  redirectsTo: ["*.twiliocdn.com"],
  own: "http://127.0.0.1:4010",
};

test.each([
  ["https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1", "call"],
  ["https://mms.twiliocdn.com/AC1/x", "redirect"],
  ["http://127.0.0.1:4010/media/1", "own"],
])("%s may be fetched", (url, tier) => expect(tierOf(new URL(url), HOSTS)).toBe(tier));

test.each([
  "http://api.twilio.com/x",
  "https://api.twilio.com:8443/x",
  "https://api.twilio.com.evil.test/x",
  "https://evil.test/api.twilio.com",
  "https://user:pw@api.twilio.com/x",
  "https://api.twilio.com@evil.test/x",
  "https://twiliocdn.com.evil.test/",
  "https://eviltwiliocdn.com/",
  "https://twiliocdn.com/",
  "https://127.0.0.1/",
  "https://[::1]/",
  "http://127.0.0.1:4011/media/1",
  "http://localhost:4010/media/1",
  "https://xn--twili-ksa.com/",
  "ftp://api.twilio.com/x",
  "file:///etc/passwd",
  "data:text/plain,x",
])("%s may not", (url) => expect(tierOf(new URL(url), HOSTS)).toBeUndefined());
