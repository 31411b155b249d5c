-- As in the initial migration: COLLATE "C" and CHECK constraints are added by hand.

-- CreateTable
CREATE TABLE "policy_tag" (
    "account_id" CHAR(12) NOT NULL,
    "policy_id" TEXT NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "policy_tag_pkey" PRIMARY KEY ("account_id","policy_id","key")
);

-- CreateTable
CREATE TABLE "mfa_device_tag" (
    "account_id" CHAR(12) NOT NULL,
    "device_id" TEXT NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "mfa_device_tag_pkey" PRIMARY KEY ("account_id","device_id","key")
);

-- CreateTable
CREATE TABLE "group" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "path" TEXT NOT NULL DEFAULT '/',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_pkey" PRIMARY KEY ("account_id","id"),
    CONSTRAINT "group_name_key_check" CHECK ("name_key" = lower("name" COLLATE "C"))
);

-- CreateTable
CREATE TABLE "group_member" (
    "account_id" CHAR(12) NOT NULL,
    "group_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_member_pkey" PRIMARY KEY ("account_id","group_id","user_id")
);

-- CreateTable
CREATE TABLE "group_policy" (
    "account_id" CHAR(12) NOT NULL,
    "group_id" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_policy_pkey" PRIMARY KEY ("account_id","group_id","name_key"),
    CONSTRAINT "group_policy_name_key_check" CHECK ("name_key" = lower("name" COLLATE "C"))
);

-- CreateTable
CREATE TABLE "group_policy_attachment" (
    "account_id" CHAR(12) NOT NULL,
    "group_id" TEXT NOT NULL,
    "policy_id" TEXT NOT NULL,
    "attached_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_policy_attachment_pkey" PRIMARY KEY ("account_id","group_id","policy_id")
);

-- CreateTable
CREATE TABLE "role" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "path" TEXT NOT NULL DEFAULT '/',
    "description" TEXT,
    "trust_policy" TEXT NOT NULL,
    "max_session_duration" INTEGER NOT NULL DEFAULT 3600,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "boundary_policy_id" TEXT,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_region" TEXT,
    "sessions_valid_from" TIMESTAMPTZ(3),

    CONSTRAINT "role_pkey" PRIMARY KEY ("account_id","id"),
    CONSTRAINT "role_name_key_check" CHECK ("name_key" = lower("name" COLLATE "C")),
    CONSTRAINT "role_max_session_duration_check" CHECK ("max_session_duration" BETWEEN 3600 AND 43200)
);

-- CreateTable
CREATE TABLE "role_tag" (
    "account_id" CHAR(12) NOT NULL,
    "role_id" TEXT NOT NULL,
    "key_fold" TEXT COLLATE "C" NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "role_tag_pkey" PRIMARY KEY ("account_id","role_id","key_fold")
);

-- CreateTable
CREATE TABLE "role_policy" (
    "account_id" CHAR(12) NOT NULL,
    "role_id" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "role_policy_pkey" PRIMARY KEY ("account_id","role_id","name_key"),
    CONSTRAINT "role_policy_name_key_check" CHECK ("name_key" = lower("name" COLLATE "C"))
);

-- CreateTable
CREATE TABLE "role_policy_attachment" (
    "account_id" CHAR(12) NOT NULL,
    "role_id" TEXT NOT NULL,
    "policy_id" TEXT NOT NULL,
    "attached_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "role_policy_attachment_pkey" PRIMARY KEY ("account_id","role_id","policy_id")
);

-- CreateTable
CREATE TABLE "password_policy" (
    "account_id" CHAR(12) NOT NULL,
    "minimum_password_length" INTEGER NOT NULL DEFAULT 6,
    "require_symbols" BOOLEAN NOT NULL DEFAULT false,
    "require_numbers" BOOLEAN NOT NULL DEFAULT false,
    "require_uppercase_characters" BOOLEAN NOT NULL DEFAULT false,
    "require_lowercase_characters" BOOLEAN NOT NULL DEFAULT false,
    "allow_users_to_change_password" BOOLEAN NOT NULL DEFAULT false,
    "max_password_age" INTEGER,
    "password_reuse_prevention" INTEGER,
    "hard_expiry" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "password_policy_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "former_password" (
    "account_id" CHAR(12) NOT NULL,
    "user_id" TEXT NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL,
    "password_hash" TEXT NOT NULL,

    CONSTRAINT "former_password_pkey" PRIMARY KEY ("account_id","user_id","replaced_at")
);

-- CreateTable
CREATE TABLE "decision_record" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "principal" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "effect" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "context" JSONB NOT NULL,
    "trace" JSONB NOT NULL,

    CONSTRAINT "decision_record_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "credential_report" (
    "account_id" CHAR(12) NOT NULL,
    "generated_at" TIMESTAMPTZ(3) NOT NULL,
    "content" TEXT NOT NULL,

    CONSTRAINT "credential_report_pkey" PRIMARY KEY ("account_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "group_account_id_name_key_key" ON "group"("account_id", "name_key");

-- CreateIndex
CREATE INDEX "group_member_account_id_user_id_idx" ON "group_member"("account_id", "user_id");

-- CreateIndex
CREATE INDEX "group_policy_attachment_account_id_policy_id_idx" ON "group_policy_attachment"("account_id", "policy_id");

-- CreateIndex
CREATE INDEX "role_account_id_boundary_policy_id_idx" ON "role"("account_id", "boundary_policy_id");

-- CreateIndex
CREATE UNIQUE INDEX "role_account_id_name_key_key" ON "role"("account_id", "name_key");

-- CreateIndex
CREATE INDEX "role_policy_attachment_account_id_policy_id_idx" ON "role_policy_attachment"("account_id", "policy_id");

-- CreateIndex
CREATE INDEX "decision_record_account_id_at_idx" ON "decision_record"("account_id", "at");

-- CreateIndex
CREATE INDEX "audit_event_account_id_principal_arn_id_idx" ON "audit_event"("account_id", "principal_arn", "id");

-- CreateIndex
CREATE INDEX "audit_event_account_id_access_key_id_id_idx" ON "audit_event"("account_id", "access_key_id", "id");

-- CreateIndex
CREATE INDEX "audit_event_account_id_source_identity_id_idx" ON "audit_event"("account_id", "source_identity", "id");

-- CreateIndex
CREATE INDEX "audit_event_account_id_action_id_idx" ON "audit_event"("account_id", "action", "id");

-- CreateIndex
CREATE INDEX "audit_event_account_id_resource_id_idx" ON "audit_event"("account_id", "resource", "id");

-- CreateIndex
CREATE INDEX "audit_event_account_id_result_id_idx" ON "audit_event"("account_id", "result", "id");

-- CreateIndex
CREATE INDEX "audit_event_account_id_request_id_idx" ON "audit_event"("account_id", "request_id");

-- CreateIndex
CREATE INDEX "audit_event_account_id_decision_id_idx" ON "audit_event"("account_id", "decision_id");

-- AddForeignKey
ALTER TABLE "policy_tag" ADD CONSTRAINT "policy_tag_account_id_policy_id_fkey" FOREIGN KEY ("account_id", "policy_id") REFERENCES "policy"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mfa_device_tag" ADD CONSTRAINT "mfa_device_tag_account_id_device_id_fkey" FOREIGN KEY ("account_id", "device_id") REFERENCES "mfa_device"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group" ADD CONSTRAINT "group_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_account_id_group_id_fkey" FOREIGN KEY ("account_id", "group_id") REFERENCES "group"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "user"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_policy" ADD CONSTRAINT "group_policy_account_id_group_id_fkey" FOREIGN KEY ("account_id", "group_id") REFERENCES "group"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_policy_attachment" ADD CONSTRAINT "group_policy_attachment_account_id_group_id_fkey" FOREIGN KEY ("account_id", "group_id") REFERENCES "group"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_policy_attachment" ADD CONSTRAINT "group_policy_attachment_account_id_policy_id_fkey" FOREIGN KEY ("account_id", "policy_id") REFERENCES "policy"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role" ADD CONSTRAINT "role_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role" ADD CONSTRAINT "role_account_id_boundary_policy_id_fkey" FOREIGN KEY ("account_id", "boundary_policy_id") REFERENCES "policy"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_tag" ADD CONSTRAINT "role_tag_account_id_role_id_fkey" FOREIGN KEY ("account_id", "role_id") REFERENCES "role"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_policy" ADD CONSTRAINT "role_policy_account_id_role_id_fkey" FOREIGN KEY ("account_id", "role_id") REFERENCES "role"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_policy_attachment" ADD CONSTRAINT "role_policy_attachment_account_id_role_id_fkey" FOREIGN KEY ("account_id", "role_id") REFERENCES "role"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_policy_attachment" ADD CONSTRAINT "role_policy_attachment_account_id_policy_id_fkey" FOREIGN KEY ("account_id", "policy_id") REFERENCES "policy"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "password_policy" ADD CONSTRAINT "password_policy_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "former_password" ADD CONSTRAINT "former_password_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "user"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
