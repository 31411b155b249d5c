-- CreateEnum
CREATE TYPE "service_access_granularity" AS ENUM ('SERVICE_LEVEL', 'ACTION_LEVEL');

-- CreateTable
CREATE TABLE "service_access_report" (
    "account_id" CHAR(12) NOT NULL,
    "id" UUID NOT NULL,
    "principal_id" TEXT NOT NULL,
    "arn" TEXT NOT NULL,
    "granularity" "service_access_granularity" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "content" TEXT NOT NULL,

    CONSTRAINT "service_access_report_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "audit_event_account_id_owner_action_id_idx" ON "audit_event"("account_id", (split_part("principal_id", ':', 1)), "action", "id");
