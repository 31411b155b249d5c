-- CreateTable
CREATE TABLE "signing_certificate" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "status" "credential_status" NOT NULL DEFAULT 'ACTIVE',
    "body" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signing_certificate_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "signing_certificate_account_id_user_id_idx" ON "signing_certificate"("account_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "signing_certificate_account_id_digest_key" ON "signing_certificate"("account_id", "digest");

-- AddForeignKey
ALTER TABLE "signing_certificate" ADD CONSTRAINT "signing_certificate_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "user"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
