"""How large an image may be before it is refused, judged from headers alone."""

from dataclasses import dataclass

from imaging.decoding.refusal import RefusedImage


@dataclass(frozen=True)
class Limits:
    """Upper bounds: pixels and side are per frame, bytes are of the whole file."""

    max_pixels: int = 250_000_000
    max_side: int = 32_000  # OpenCV warps no array with a side of 32,767 or more
    max_frames: int = 5_000
    max_bytes: int = 2_000_000_000


def check_bytes(data: bytes, limits: Limits) -> None:
    """Refuse an empty file and one above the limit.

    Raises: RefusedImage `empty`, `too_large`.
    """
    if not data:
        raise RefusedImage(
            "empty",
            "檔案是空的(0 位元組);請重新掃描或重新上傳。",
            "The file is empty (0 bytes); scan or upload it again.",
        )
    if len(data) > limits.max_bytes:
        raise RefusedImage(
            "too_large",
            f"檔案 {len(data):,} 位元組,超過上限 {limits.max_bytes:,} 位元組;請拆成較小的檔案。",
            f"The file has {len(data):,} bytes, above the limit of {limits.max_bytes:,}; split it.",
        )


def check_size(width: int, height: int, limits: Limits) -> None:
    """Refuse a frame whose header declares more than may be decoded.

    Raises: RefusedImage `too_large`, `damaged` (no area).
    """
    if width < 1 or height < 1:
        raise RefusedImage(
            "damaged",
            f"檔頭所載尺寸為 {width}×{height},不成影像;請重新輸出檔案。",
            f"The header declares {width}×{height} pixels, which is no image; export the file again.",
        )
    if width * height > limits.max_pixels or max(width, height) > limits.max_side:
        raise RefusedImage(
            "too_large",
            f"影像 {width:,}×{height:,} 像素,超過上限(總像素 {limits.max_pixels:,}、"
            f"單邊 {limits.max_side:,});請以 300–600 ppi 掃描單頁。",
            f"The image has {width:,}×{height:,} pixels, above the limit ({limits.max_pixels:,} in all, "
            f"{limits.max_side:,} a side); scan one page at 300–600 ppi.",
        )


def check_frames(frames: int, limits: Limits) -> None:
    """Refuse a file of more frames than the limit.

    Raises: RefusedImage `too_large`.
    """
    if frames > limits.max_frames:
        raise RefusedImage(
            "too_large",
            f"檔案有 {frames:,} 頁,超過上限 {limits.max_frames:,} 頁;請分成數個檔案。",
            f"The file has {frames:,} frames, above the limit of {limits.max_frames:,}; split it.",
        )


def check_frame(frame: int, frames: int) -> None:
    """Refuse a frame number that the file does not have.

    Raises: RefusedImage `no_such_frame`.
    """
    if not 0 <= frame < frames:
        raise RefusedImage(
            "no_such_frame",
            f"檔案只有 {frames} 頁,沒有第 {frame + 1} 頁;請核對清單的頁次。",
            f"The file has {frames} frame(s), so there is no frame {frame} (counted from 0); "
            "check the manifest.",
        )
