-- CreateTable
CREATE TABLE "used_signin_token" (
    "id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_signin_token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "used_signin_token_expires_at_idx" ON "used_signin_token"("expires_at");
