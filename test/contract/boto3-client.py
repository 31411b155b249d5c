"""What the tests ask of boto3, at the endpoint that comes first. Prints a line of JSON per answer.

  boto3-client.py ENDPOINT list-users PAGE_SIZE   a line per page; goes on when a line comes in
  boto3-client.py ENDPOINT wait-user USER_NAME    asks once whether the user is there
"""

import json
import sys

import boto3
from botocore.exceptions import WaiterError

endpoint, command, argument = sys.argv[1:]
iam = boto3.client("iam", endpoint_url=endpoint)

if command == "list-users":
    pages = iam.get_paginator("list_users").paginate(PaginationConfig={"PageSize": int(argument)})
    for page in pages:
        print(json.dumps([user["UserName"] for user in page["Users"]]), flush=True)
        sys.stdin.readline()
elif command == "wait-user":
    waiter = iam.get_waiter("user_exists")
    try:
        waiter.wait(UserName=argument, WaiterConfig={"Delay": 0, "MaxAttempts": 1})
        print(json.dumps("there"))
    except WaiterError as error:
        print(json.dumps(error.last_response["Error"]["Code"]))
