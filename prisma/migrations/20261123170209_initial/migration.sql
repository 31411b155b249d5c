-- Prisma's own output, with what schema.prisma cannot say added by hand: COLLATE "C" on the columns that give lists their
-- order, so that it is the same on every server, and CHECK constraints.

-- CreateEnum
CREATE TYPE "access_key_status" AS ENUM ('ACTIVE', 'INACTIVE');

-- CreateEnum
CREATE TYPE "session_kind" AS ENUM ('PASSWORD', 'SESSION');

-- CreateEnum
CREATE TYPE "audit_result" AS ENUM ('SUCCESS', 'DENIED', 'FAILURE');

-- CreateTable
CREATE TABLE "account" (
    "id" CHAR(12) NOT NULL,
    "alias" TEXT,
    "policy_epoch" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "account_id_check" CHECK ("id" ~ '^[0-9]{12}$'),
    CONSTRAINT "account_policy_epoch_check" CHECK ("policy_epoch" >= 0)
);

-- CreateTable
CREATE TABLE "user" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "root" BOOLEAN NOT NULL DEFAULT false,
    "name" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "path" TEXT NOT NULL DEFAULT '/',
    "email" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "password_last_used_at" TIMESTAMPTZ(3),
    "boundary_policy_id" TEXT,
    "sessions_valid_from" TIMESTAMPTZ(3),

    CONSTRAINT "user_pkey" PRIMARY KEY ("account_id","id"),
    CONSTRAINT "user_name_key_check" CHECK ("name_key" = lower("name" COLLATE "C")),
    CONSTRAINT "user_root_check" CHECK ("root" = ("id" = "account_id"::text) AND "root" = ("name" = '<root_account>')),
    CONSTRAINT "user_email_check" CHECK ("email" IS NULL OR "root"),
    CONSTRAINT "user_boundary_check" CHECK ("boundary_policy_id" IS NULL OR NOT "root")
);

-- CreateTable
CREATE TABLE "user_tag" (
    "account_id" CHAR(12) NOT NULL,
    "user_id" TEXT NOT NULL,
    "key_fold" TEXT COLLATE "C" NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "user_tag_pkey" PRIMARY KEY ("account_id","user_id","key_fold")
);

-- CreateTable
CREATE TABLE "access_key" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "user_id" TEXT NOT NULL,
    "status" "access_key_status" NOT NULL DEFAULT 'ACTIVE',
    "secret" BYTEA NOT NULL,
    "secret_key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_service" TEXT,
    "last_used_region" TEXT,
    "last_used_operation" TEXT,
    "last_used_source_ip" TEXT,

    CONSTRAINT "access_key_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "client_token" (
    "account_id" CHAR(12) NOT NULL,
    "caller_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "access_key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "client_token_pkey" PRIMARY KEY ("account_id","caller_id","token_hash")
);

-- CreateTable
CREATE TABLE "login_profile" (
    "account_id" CHAR(12) NOT NULL,
    "user_id" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "password_reset_required" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "password_changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "login_profile_pkey" PRIMARY KEY ("account_id","user_id")
);

-- CreateTable
CREATE TABLE "user_policy" (
    "account_id" CHAR(12) NOT NULL,
    "user_id" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_policy_pkey" PRIMARY KEY ("account_id","user_id","name_key"),
    CONSTRAINT "user_policy_name_key_check" CHECK ("name_key" = lower("name" COLLATE "C"))
);

-- CreateTable
CREATE TABLE "policy" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "path" TEXT NOT NULL DEFAULT '/',
    "description" TEXT,
    "default_version" INTEGER NOT NULL DEFAULT 1,
    "latest_version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("account_id","id"),
    CONSTRAINT "policy_name_key_check" CHECK ("name_key" = lower("name" COLLATE "C")),
    CONSTRAINT "policy_versions_check" CHECK ("default_version" BETWEEN 1 AND "latest_version")
);

-- CreateTable
CREATE TABLE "policy_version" (
    "account_id" CHAR(12) NOT NULL,
    "policy_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("account_id","policy_id","number"),
    CONSTRAINT "policy_version_number_check" CHECK ("number" >= 1)
);

-- CreateTable
CREATE TABLE "user_policy_attachment" (
    "account_id" CHAR(12) NOT NULL,
    "user_id" TEXT NOT NULL,
    "policy_id" TEXT NOT NULL,
    "attached_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_policy_attachment_pkey" PRIMARY KEY ("account_id","user_id","policy_id")
);

-- CreateTable
CREATE TABLE "mfa_device" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "path" TEXT NOT NULL DEFAULT '/',
    "name_key" TEXT COLLATE "C" NOT NULL,
    "seed" BYTEA NOT NULL,
    "seed_key_id" TEXT NOT NULL,
    "user_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "enabled_at" TIMESTAMPTZ(3),
    "drift" INTEGER NOT NULL DEFAULT 0,
    "last_step" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "mfa_device_pkey" PRIMARY KEY ("account_id","id"),
    CONSTRAINT "mfa_device_enabled_check" CHECK (("user_id" IS NULL) = ("enabled_at" IS NULL)),
    CONSTRAINT "mfa_device_last_step_check" CHECK ("last_step" >= 0)
);

-- CreateTable
CREATE TABLE "session" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" "session_kind" NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "mfa_authenticated_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "source_ip" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("account_id","id"),
    CONSTRAINT "session_revocation_check" CHECK ("kind" <> 'SESSION' OR "revoked_at" IS NOT NULL)
);

-- CreateTable
CREATE TABLE "signing_key" (
    "id" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "private_key" BYTEA NOT NULL,
    "sealed_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "account_id" CHAR(12) NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "request_id" TEXT NOT NULL,
    "decision_id" TEXT,
    "principal_arn" TEXT NOT NULL,
    "principal_id" TEXT NOT NULL,
    "access_key_id" TEXT,
    "source_identity" TEXT,
    "mfa" BOOLEAN,
    "source_ip" TEXT,
    "user_agent" TEXT,
    "action" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "result" "audit_result" NOT NULL,
    "error_code" TEXT,
    "detail" JSONB,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "throttle" (
    "bucket" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "resets_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "throttle_pkey" PRIMARY KEY ("bucket"),
    CONSTRAINT "throttle_count_check" CHECK ("count" >= 0)
);

-- CreateIndex
CREATE UNIQUE INDEX "account_alias_key" ON "account"("alias");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "user_account_id_name_key_key" ON "user"("account_id", "name_key");

-- CreateIndex
CREATE INDEX "user_account_id_boundary_policy_id_idx" ON "user"("account_id", "boundary_policy_id");

-- CreateIndex
CREATE UNIQUE INDEX "access_key_id_key" ON "access_key"("id");

-- CreateIndex
CREATE INDEX "access_key_account_id_user_id_id_idx" ON "access_key"("account_id", "user_id", "id");

-- CreateIndex
CREATE INDEX "client_token_created_at_idx" ON "client_token"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "policy_account_id_name_key_key" ON "policy"("account_id", "name_key");

-- CreateIndex
CREATE INDEX "user_policy_attachment_account_id_policy_id_idx" ON "user_policy_attachment"("account_id", "policy_id");

-- CreateIndex
CREATE INDEX "mfa_device_account_id_user_id_idx" ON "mfa_device"("account_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "mfa_device_account_id_name_key_key" ON "mfa_device"("account_id", "name_key");

-- CreateIndex
CREATE INDEX "session_account_id_user_id_issued_at_idx" ON "session"("account_id", "user_id", "issued_at");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- CreateIndex
CREATE INDEX "throttle_resets_at_idx" ON "throttle"("resets_at");

-- AddForeignKey
ALTER TABLE "user" ADD CONSTRAINT "user_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user" ADD CONSTRAINT "user_account_id_boundary_policy_id_fkey" FOREIGN KEY ("account_id", "boundary_policy_id") REFERENCES "policy"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_tag" ADD CONSTRAINT "user_tag_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "user"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_key" ADD CONSTRAINT "access_key_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "user"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "login_profile" ADD CONSTRAINT "login_profile_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "user"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_policy" ADD CONSTRAINT "user_policy_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "user"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy" ADD CONSTRAINT "policy_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_account_id_policy_id_fkey" FOREIGN KEY ("account_id", "policy_id") REFERENCES "policy"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_policy_attachment" ADD CONSTRAINT "user_policy_attachment_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "user"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_policy_attachment" ADD CONSTRAINT "user_policy_attachment_account_id_policy_id_fkey" FOREIGN KEY ("account_id", "policy_id") REFERENCES "policy"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mfa_device" ADD CONSTRAINT "mfa_device_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mfa_device" ADD CONSTRAINT "mfa_device_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "user"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "user"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
