-- As in the initial migration: COLLATE "C" and CHECK constraints are added by hand.

-- CreateTable
CREATE TABLE "oidc_provider" (
    "account_id" CHAR(12) NOT NULL,
    "url" TEXT COLLATE "C" NOT NULL,
    "client_ids" TEXT[],
    "thumbprints" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oidc_provider_pkey" PRIMARY KEY ("account_id","url"),
    CONSTRAINT "oidc_provider_client_ids_check" CHECK (cardinality("client_ids") <= 100),
    CONSTRAINT "oidc_provider_thumbprints_check" CHECK (cardinality("thumbprints") <= 5)
);

-- CreateTable
CREATE TABLE "oidc_provider_tag" (
    "account_id" CHAR(12) NOT NULL,
    "provider_url" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "oidc_provider_tag_pkey" PRIMARY KEY ("account_id","provider_url","key")
);

-- AddForeignKey
ALTER TABLE "oidc_provider" ADD CONSTRAINT "oidc_provider_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oidc_provider_tag" ADD CONSTRAINT "oidc_provider_tag_account_id_provider_url_fkey" FOREIGN KEY ("account_id", "provider_url") REFERENCES "oidc_provider"("account_id", "url") ON DELETE CASCADE ON UPDATE CASCADE;
