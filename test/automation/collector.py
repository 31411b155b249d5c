"""Reads an account as collectors do: every list and every get of boto3 that can be asked with what the lists have shown.

Prints JSON: how many answers each operation gave, and what was refused.
"""

import json
import sys

import boto3
from botocore.exceptions import ClientError

iam = boto3.client("iam", endpoint_url=sys.argv[1], region_name="us-east-1")
OPERATIONS = {
    name: iam.meta.service_model.operation_model(name)
    for name in iam.meta.service_model.operation_names
    if name.startswith(("List", "Get"))
}
METHODS = {operation: method for method, operation in iam.meta.method_to_api_mapping.items()}
answers: dict[str, int] = {}
refused: list[list[str]] = []


def required(operation: str) -> tuple[str, ...]:
    shape = OPERATIONS[operation].input_shape
    return tuple(sorted(shape.required_members)) if shape else ()


def ask(operation: str, **given: str | list[str]) -> list[dict]:
    method = METHODS[operation]
    try:
        if iam.can_paginate(method):
            pages = list(iam.get_paginator(method).paginate(**given, PaginationConfig={"PageSize": 2}))
        else:
            pages = [getattr(iam, method)(**given)]
    except ClientError as error:
        refused.append([operation, error.response["Error"]["Code"]])
        return []
    answers[operation] = answers.get(operation, 0) + 1
    return pages


def values(node: object, found: dict[str, set[str]]) -> None:
    """Every text of an answer under the name of its member: names, ARNs and ids that others ask for."""
    if isinstance(node, list):
        for one in node:
            values(one, found)
    elif isinstance(node, dict):
        for name, one in node.items():
            if isinstance(one, str):
                found.setdefault(name, set()).add(one)
            else:
                values(one, found)


found: dict[str, set[str]] = {}
for operation in OPERATIONS:
    if not required(operation):
        values(ask(operation), found)
for entity in ("User", "Group", "Role"):
    name = f"{entity}Name"
    for operation in OPERATIONS:
        if required(operation) == (name,):
            for value in sorted(found.get(name, set())):
                values(ask(operation, **{name: value}), found)
for operation in OPERATIONS:
    for name in ("InstanceProfileName", "SerialNumber", "ServerCertificateName"):
        if required(operation) == (name,):
            for value in sorted(found.get(name, set())):
                ask(operation, **{name: value})
    if required(operation) == ("PolicyArn",):
        for arn in sorted(arn for arn in found.get("Arn", set()) if ":policy/" in arn):
            ask(operation, PolicyArn=arn)
    if required(operation) == ("OpenIDConnectProviderArn",):
        for arn in sorted(arn for arn in found.get("Arn", set()) if ":oidc-provider/" in arn):
            ask(operation, OpenIDConnectProviderArn=arn)
    if required(operation) == ("SAMLProviderArn",):
        for arn in sorted(arn for arn in found.get("Arn", set()) if ":saml-provider/" in arn):
            ask(operation, SAMLProviderArn=arn)
    if required(operation) == ("Arn", "ServiceNamespaces"):
        for arn in sorted(arn for arn in found.get("Arn", set()) if ":user/" in arn):
            ask(operation, Arn=arn, ServiceNamespaces=["iam", "s3"])
print(json.dumps({"answers": answers, "refused": refused}))
