-- CreateTable
CREATE TABLE "revoked_role_session" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "role_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revoked_role_session_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "revoked_role_session_account_id_role_id_idx" ON "revoked_role_session"("account_id", "role_id");

-- CreateIndex
CREATE INDEX "revoked_role_session_expires_at_idx" ON "revoked_role_session"("expires_at");

-- AddForeignKey
ALTER TABLE "revoked_role_session" ADD CONSTRAINT "revoked_role_session_account_id_role_id_fkey" FOREIGN KEY ("account_id", "role_id") REFERENCES "role"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
