"""What Schemathesis cannot know of Parley. judges/contract.sh loads it."""

import json
import urllib.parse

import schemathesis

# Whether these are right depends on what is stored, which a schema cannot say. Each operation
# describes it, and our own tests hold it.
DEPENDS_ON_WHAT_IS_STORED = {"INVALID_CURSOR", "SEQ_OUT_OF_RANGE"}

# Rules that a schema cannot say, each with a part of the message of its refusal.
BEYOND_A_SCHEMA = {
    ("POST", "/conversations"): b"oneself",
    ("POST", "/friends/request/{userId}"): b"oneself",
    ("PUT", "/blocks/{userId}"): b"oneself",
    ("POST", "/receipts"): b"named twice",
}

# API Gateway refuses a request line and headers of more than 10,240 bytes by itself.
LONGEST_QUERY = 6_000


@schemathesis.hook
def filter_case(context, case):
    """Leaves out what API Gateway refuses before Parley sees it."""
    return len(urllib.parse.urlencode(case.query or {}, doseq=True)) < LONGEST_QUERY


@schemathesis.check
def accepts_what_the_contract_allows(context, response, case):
    """Is positive_data_acceptance, but for refusals that depend on what is stored."""
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    if response.status_code == 410:
        return None
    if response.status_code == 400:
        try:
            code = json.loads(response.content).get("code")
        except ValueError:
            code = None
        rule = BEYOND_A_SCHEMA.get((case.operation.method.upper(), case.operation.path))
        if code in DEPENDS_ON_WHAT_IS_STORED or (rule and rule in response.content):
            return None
    return positive_data_acceptance(context, response, case)
