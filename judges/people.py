"""Makes friends, a conversation and a group, and writes the configurations for Schemathesis.

usage: people.py URL FOLDER

single.toml names one value for each parameter that must exist: left alone, Schemathesis makes ids
up, and half of the operations only ever answer 404. chained.toml names none, because a chain of
requests uses what its own requests made.
"""

import json
import pathlib
import sys
import urllib.request

url, folder = sys.argv[1:]


def call(method, path, body=None, token=None):
    """Sends a request and returns the answer's JSON; raises urllib.error.HTTPError otherwise."""
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def register(name):
    account = {"email": f"{name.lower()}@example.com", "password": f"{name} keeps a secret", "name": name}
    token = call("POST", "/auth/register", account)["accessToken"]
    return token, call("GET", "/users/me", token=token)["id"]


ada, ada_id = register("Ada")
bob, bob_id = register("Bob")
eve, eve_id = register("Eve")
for friend, friend_id in ((bob, bob_id), (eve, eve_id)):
    asked = call("POST", f"/friends/request/{friend_id}", token=ada)
    call("POST", f"/friends/respond/{asked['id']}", {"action": "ACCEPT"}, friend)
waiting, _ = register("Wim")
request = call("POST", f"/friends/request/{ada_id}", token=waiting)
conversation = call("POST", "/conversations", {"userId": bob_id}, ada)["id"]
message = None
for number in range(30):
    content = f"message {number}"
    message = call("POST", "/messages", {"conversationId": conversation, "content": content}, ada)["message"]["id"]
group = call("POST", "/groups", {"title": "Engines", "userIds": [bob_id, eve_id]}, ada)["id"]
invite = call("POST", f"/groups/{group}/invites", {}, ada)["id"]

common = f"""\
workers = 1
request-timeout = 30.0
hooks = "{pathlib.Path(__file__).with_name("hooks.py")}"

[headers]
Authorization = "Bearer {ada}"

[checks]
# RequestContractTest holds that each route asks who calls.
ignored_auth.enabled = false
# hooks.py has a version of it that knows what depends on stored things.
positive_data_acceptance.enabled = false
# It takes any 404 for a lost message, though the body may name a conversation that is not there.
ensure_resource_availability.enabled = false
"""
parameters = f"""
[parameters]
"path.conversationId" = "{conversation}"
"query.conversationId" = "{conversation}"
"path.groupId" = "{group}"
"path.inviteId" = "{invite}"
"path.messageId" = "{message}"
"path.requestId" = "{request['id']}"
"path.userId" = "{bob_id}"
"""
pathlib.Path(folder, "single.toml").write_text(common + parameters)
pathlib.Path(folder, "chained.toml").write_text(common)
