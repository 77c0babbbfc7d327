"""戶號, 國民身分證統一編號, volume and page designations, 文號.

One module an identifier, each with the same verbs: `parse(text)` reads any form met in use,
`validate(text)` only judges, `format(parsed)` writes the one even form, `order_key(text)` sorts where
order matters. They raise `InvalidIdentifier`, which says what is wrong in both languages and never
repeats the number itself.
"""

from domain.identifiers import household_number, letter_number, national_id, page, volume
from domain.identifiers.infer_national_id import InferredNationalId, infer_national_id
from domain.identifiers.invalid import InvalidIdentifier

__all__ = [
    "InferredNationalId",
    "InvalidIdentifier",
    "household_number",
    "infer_national_id",
    "letter_number",
    "national_id",
    "page",
    "volume",
]
