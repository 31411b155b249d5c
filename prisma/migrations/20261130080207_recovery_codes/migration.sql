-- CreateTable
CREATE TABLE "recovery_codes" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "key" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "hashes" BYTEA[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("account_id","id")
);

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_account_id_id_fkey" FOREIGN KEY ("account_id", "id") REFERENCES "user"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
