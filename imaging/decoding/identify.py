"""Tell a file's media type from its first bytes, and a name that claims another."""

from pathlib import PurePath

from imaging.decoding.refusal import RefusedImage, unsupported

_TAKEN = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),
    (b"MM\0+", "image/tiff"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/j2c"),
    (b"%PDF-", "application/pdf"),
)
_NOT_TAKEN = (
    (0, b"GIF8", "GIF"),
    (0, b"BM", "BMP"),
    (8, b"WEBP", "WebP"),
    (4, b"ftyp", "HEIF/AVIF"),
    (0, b"8BPS", "Photoshop"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
    (0, b"AT&TFORM", "DjVu"),
)
_SUFFIXES = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/tiff": (".tif", ".tiff"),
    "image/jp2": (".jp2", ".jpx", ".jpf"),
    "image/j2c": (".j2k", ".j2c", ".jpc"),
    "application/pdf": (".pdf",),
}
_ALL_SUFFIXES = tuple(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes)


def identify(data: bytes, name: str = "") -> str:
    """Return the media type by the file's first bytes; a name, if given, must not contradict it.

    Raises: RefusedImage `mislabelled`, `unsupported`, `not_an_image`.
    """
    found = _sniff(data)
    suffix = PurePath(name).suffix.lower()
    if suffix in _ALL_SUFFIXES and (found is None or suffix not in _accepted(found)):
        raise _mislabelled(suffix, found)
    if found is not None:
        return found
    for offset, magic, kind in _NOT_TAKEN:
        if data[offset : offset + len(magic)] == magic:
            raise unsupported(kind, "此格式不作為典藏母檔", "this format is not taken as an archival master")
    raise RefusedImage(
        "not_an_image",
        "這不是影像檔;請提供 TIFF、JPEG、PNG、JPEG 2000 或掃描影像 PDF。",
        "This is not an image; give TIFF, JPEG, PNG, JPEG 2000 or a PDF of scans.",
    )


def _sniff(data: bytes) -> str | None:
    return next((media for magic, media in _TAKEN if data.startswith(magic)), None)


def _accepted(media_type: str) -> tuple[str, ...]:
    # Both wrappings of JPEG 2000 go by each other's suffixes in practice; nothing is decoded wrongly for it.
    if media_type in ("image/jp2", "image/j2c"):
        return _SUFFIXES["image/jp2"] + _SUFFIXES["image/j2c"]
    return _SUFFIXES[media_type]


def _mislabelled(suffix: str, found: str | None) -> RefusedImage:
    real_zh = f"是 {found}" if found else "不是任何可接受的影像"
    real_en = f"is {found}" if found else "is no image of any kind taken"
    right_zh = f"請改副檔名為 {_SUFFIXES[found][0]}" if found else "請重新匯出影像"
    right_en = f"rename it to {_SUFFIXES[found][0]}" if found else "export the image again"
    return RefusedImage(
        "mislabelled",
        f"副檔名為 {suffix},但內容{real_zh};{right_zh}。",
        f"The name ends in {suffix} but the content {real_en}; {right_en}.",
    )
