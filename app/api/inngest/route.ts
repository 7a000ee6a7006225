import { serve } from "inngest/next";
import { functions } from "@/inngest";
import { inngest } from "@/inngest/client";

export const dynamic = "force-dynamic";

/** Where the executor calls the background functions. Everything unsigned is 401, registering too. */
export const { GET, POST, PUT } = serve({ client: inngest, functions, enableUnauthedSync: false });
