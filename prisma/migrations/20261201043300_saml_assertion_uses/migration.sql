-- CreateTable
CREATE TABLE "saml_assertion_use" (
    "account_id" CHAR(12) NOT NULL,
    "assertion" CHAR(64) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saml_assertion_use_pkey" PRIMARY KEY ("account_id","assertion")
);

-- CreateIndex
CREATE INDEX "saml_assertion_use_account_id_expires_at_idx" ON "saml_assertion_use"("account_id", "expires_at");

-- AddForeignKey
ALTER TABLE "saml_assertion_use" ADD CONSTRAINT "saml_assertion_use_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
