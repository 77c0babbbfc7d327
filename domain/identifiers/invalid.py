"""What is raised for an identifier that cannot be one."""


class InvalidIdentifier(ValueError):
    """`zh` and `en` say what is wrong and what would be right, without the number, which may be personal."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} {en}")
        self.zh = zh
        self.en = en
