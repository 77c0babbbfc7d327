"""What every route that takes a step of a request shares: the version seen, and the answer."""

from fastapi import Response

from access.http.preconditions import etag, version_named
from index_service.requests import schemas


def version_seen(if_match: str | None) -> int | None:
    """Return the version the actor saw, if he says; a step is judged by the state in any case."""
    return None if if_match is None else version_named(if_match)


def answer_step(request: object, response: Response) -> schemas.RequestOut:
    """Return the request as it stands after the step, with its ETag."""
    answer = schemas.RequestOut.model_validate(request)
    response.headers["ETag"] = etag(answer.row_version)
    return answer
