import { readHealth } from "@/lib/core/health";
import { toResponse } from "./respond";

/** Health in its own plain form, for load balancers: 503 on red. */
export async function answerHealth(requestId: string): Promise<Response> {
  const health = await readHealth();
  return toResponse({ status: health.status === "red" ? 503 : 200, answer: JSON.stringify(health) }, requestId);
}
