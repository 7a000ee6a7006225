export const dynamic = "force-dynamic";

/** The bare route that the webhook is measured against. */
export const POST = () => new Response(null, { status: 200 });
export const GET = POST;
