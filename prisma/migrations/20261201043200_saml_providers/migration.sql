-- As in the initial migration: COLLATE "C" and CHECK constraints are added by hand.
-- CreateTable
CREATE TABLE "saml_provider" (
    "account_id" CHAR(12) NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "id" TEXT NOT NULL,
    "metadata_document" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "certificates" TEXT[],
    "valid_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saml_provider_pkey" PRIMARY KEY ("account_id","name"),
    CONSTRAINT "saml_provider_certificates_check" CHECK (cardinality("certificates") BETWEEN 1 AND 10)
);

-- CreateTable
CREATE TABLE "saml_provider_tag" (
    "account_id" CHAR(12) NOT NULL,
    "provider_name" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "saml_provider_tag_pkey" PRIMARY KEY ("account_id","provider_name","key")
);

-- AddForeignKey
ALTER TABLE "saml_provider" ADD CONSTRAINT "saml_provider_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saml_provider_tag" ADD CONSTRAINT "saml_provider_tag_account_id_provider_name_fkey" FOREIGN KEY ("account_id", "provider_name") REFERENCES "saml_provider"("account_id", "name") ON DELETE CASCADE ON UPDATE CASCADE;
