"""What Schemathesis cannot know of Parley. judges/contract.sh loads it."""

import json

import schemathesis

# Whether these are right depends on what is stored, which a schema cannot say. Each operation
# describes it, and our own tests hold it.
DEPENDS_ON_WHAT_IS_STORED = {"INVALID_CURSOR", "SEQ_OUT_OF_RANGE"}

# A conversation and a friendship take two people.
WITH_ONESELF = {("POST", "/conversations"), ("POST", "/friends/request/{userId}"), ("PUT", "/blocks/{userId}")}

# API Gateway refuses a request line and headers of more than 10,240 bytes by itself.
LONGEST_URL = 8_000


@schemathesis.hook
def filter_case(context, case):
    """Leaves out what API Gateway refuses before Parley sees it."""
    return len(str(case.as_transport_kwargs().get("params"))) < LONGEST_URL


@schemathesis.check
def accepts_what_the_contract_allows(context, response, case):
    """Is positive_data_acceptance, but for refusals that depend on what is stored."""
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    if response.status_code == 400:
        try:
            code = json.loads(response.content).get("code")
        except ValueError:
            code = None
        oneself = (case.operation.method.upper(), case.operation.path) in WITH_ONESELF
        if code in DEPENDS_ON_WHAT_IS_STORED or (oneself and b"oneself" in response.content):
            return None
    return positive_data_acceptance(context, response, case)
