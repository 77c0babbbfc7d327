"""The refusal that every decoder raises, and the two that all of them share."""


class RefusedImage(Exception):
    """A file that is not decoded: a code for programs, a reason in Chinese and English for people.

    Codes: empty, not_an_image, mislabelled, unsupported, truncated, damaged, too_large, encrypted,
    no_such_frame.
    """

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(code, zh, en)
        self.code = code
        self.zh = zh
        self.en = en

    def __str__(self) -> str:
        return f"{self.zh} {self.en}"


def truncated(kind: str) -> RefusedImage:
    """Return the refusal of a file that ends before its image does."""
    return RefusedImage(
        "truncated",
        f"{kind} 檔案不完整,影像資料在結尾前中斷;請重新傳送完整檔案。",
        f"The {kind} file ends before its image does; send the complete file again.",
    )


def damaged(kind: str) -> RefusedImage:
    """Return the refusal of a file whose content contradicts itself."""
    return RefusedImage(
        "damaged",
        f"{kind} 檔案內容損毀,無法完整解碼;請自原始掃描重新輸出。",
        f"The {kind} file is damaged and cannot be decoded whole; export it again from the scan.",
    )


def unsupported(kind: str, zh: str, en: str) -> RefusedImage:
    """Return the refusal of a sound file of a kind that is not taken; `zh` and `en` say which kind."""
    return RefusedImage(
        "unsupported",
        f"不支援的 {kind}:{zh};請改存為 8 或 16 位元的 TIFF、JPEG、PNG、JPEG 2000,或掃描影像 PDF。",
        f"Unsupported {kind}: {en}; save it as 8 or 16 bit TIFF, JPEG, PNG, JPEG 2000 or a PDF of scans.",
    )
