import type messages from "@/messages/en.json";

/** A key that isn't in the English messages doesn't compile. */
declare module "next-intl" {
  interface AppConfig {
    Messages: typeof messages;
  }
}
