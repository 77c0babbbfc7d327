"""Tell which printed form of its series a page is: by its title, or by the labels printed on it."""

from collections import Counter
from collections.abc import Iterable, Sequence

from domain.series import Form, Series, bare_label

TITLED, NAMED, OWN = 10, 4, 3
"""What counts for a form: its title, what the title names (出生登記) written anywhere, a label it alone has.

A label that other forms have too counts 1."""
LEAST = 3
"""Less than this is no ground: a label of its own, or three that it shares."""


def choose_form(texts: Sequence[str], series: Series) -> Form | None:
    """Choose the form of a series that a page's texts speak for; None without forms, or if two are alike."""
    if not series.forms:
        return None
    printed = {bare_label(text) for text in texts if text}
    scored = sorted(((_weight(form, printed, series), form.key) for form in series.forms), reverse=True)
    if scored[0][0] < LEAST or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return next(form for form in series.forms if form.key == scored[0][1])


def _weight(form: Form, printed: set[str], series: Series) -> int:
    titles = [bare_label(title) for title in form.titles]
    shared = Counter(label for one in series.forms for label in set(map(bare_label, one.labels)))
    titled = any(title in text for title in titles for text in printed)
    acts = {title.removesuffix("申請書") for title in titles if title.endswith("登記申請書")}
    named = any(act in text and len(text) <= 2 * len(act) for act in acts for text in printed)
    labels = (label for label in set(map(bare_label, form.labels)) if label in printed)
    return TITLED * titled + NAMED * named + sum(OWN if shared[label] == 1 else 1 for label in labels)


def fields_of_form(form: Form | None, series: Series) -> frozenset[str]:
    """Return the keys of the fields a form asks for; all of the series where no form is known."""
    if form is None:
        return frozenset(field.key for field in series.fields)
    return frozenset(_keys(form.labels, series))


def _keys(labels: Iterable[str], series: Series) -> Iterable[str]:
    for label in labels:
        field = series.field_labelled(label)
        if field is not None:
            yield field.key
