export { POST } from "@/app/api/webhooks/sms/inbound/route";
