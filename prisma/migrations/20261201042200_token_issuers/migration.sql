-- As in the initial migration: CHECK constraints are added by hand.
-- CreateTable
CREATE TABLE "token_issuer" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "token_issuer_pkey" PRIMARY KEY ("account_id"),
    CONSTRAINT "token_issuer_id_check" CHECK ("id" ~ '^[0-9a-f]{32}$')
);

-- CreateTable
CREATE TABLE "token_issuer_key" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "private_key" BYTEA NOT NULL,
    "sealed_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "token_issuer_key_pkey" PRIMARY KEY ("account_id","id"),
    CONSTRAINT "token_issuer_key_algorithm_check" CHECK ("algorithm" IN ('RS256', 'ES384'))
);

-- CreateIndex
CREATE UNIQUE INDEX "token_issuer_id_key" ON "token_issuer"("id");

-- AddForeignKey
ALTER TABLE "token_issuer" ADD CONSTRAINT "token_issuer_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_issuer_key" ADD CONSTRAINT "token_issuer_key_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "token_issuer"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;
