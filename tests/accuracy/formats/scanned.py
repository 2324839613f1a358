"""Papers printed, laid on a scanner or photographed: PDFs of pictures alone, as good or bad as a look says."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

_POINTS = 72.0
# A page's width in those of the shadow of a spine; a fax machine makes darker dots black.
_BEND = 16.0
_FAX = 140.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a page was made a picture: ``dots`` an inch, turned by degrees, blurred by dots, ``noise`` in grey levels.

    ``shadow`` is how much darker the far corner is; ``stamped``: a red seal lies over its foot; ``desk``: it lies on
    one, seen from aside, its corners moved by up to this share of its width. ``paper`` and ``ink`` are grey levels;
    ``spine`` is how much darker the edge is that bends into a spine; ``fax``: nothing is between black and white.
    """

    dots: int
    turned: float = 0.0
    blurred: float = 0.0
    noise: float = 0.0
    jpeg: int = 90
    shadow: float = 0.0
    stamped: bool = False
    desk: float = 0.0
    paper: int = 255
    ink: int = 0
    spine: float = 0.0
    fax: bool = False


LOOKS = {
    "clean_100": Look(100),
    "clean_150": Look(150),
    "clean_200": Look(200),
    "clean_300": Look(300),
    "noisy_100": Look(100, turned=0.5, noise=10, jpeg=60),
    "noisy_150": Look(150, turned=0.8, noise=8, jpeg=60, stamped=True),
    "photo_150": Look(150, turned=-1.5, blurred=0.8, noise=12, jpeg=50, shadow=0.4),
    "photo_200": Look(200, turned=3.0, blurred=0.8, noise=14, jpeg=60, shadow=0.5, stamped=True),
    "desk_200": Look(200, blurred=0.6, noise=5, jpeg=70, shadow=0.4, desk=0.05),
    "sideways_150": Look(150, turned=90.0, noise=6),
    "faint_150": Look(150, turned=0.3, noise=5, jpeg=75, paper=244, ink=132),
    "newsprint_150": Look(150, turned=-0.6, blurred=0.5, noise=9, jpeg=70, paper=176, ink=38),
    "spine_200": Look(200, blurred=0.5, noise=5, jpeg=75, spine=0.7),
    "fax_200": Look(200, turned=0.5, noise=30, fax=True),
}


def scanned(pdf: bytes, look: Look, seed: int) -> bytes:
    """A PDF whose pages are pictures of those of another."""
    pictures = seen_pages(pdf, look, seed)
    output = io.BytesIO()
    pictures[0].save(output, "PDF", resolution=look.dots, save_all=True, append_images=pictures[1:], quality=look.jpeg)
    return output.getvalue()


def seen_pages(pdf: bytes, look: Look, seed: int) -> list[Image.Image]:
    """The pictures of a PDF's pages."""
    random = np.random.default_rng(seed)
    pages = pypdfium2.PdfDocument(pdf)
    printed = [pages[number].render(scale=look.dots / _POINTS).to_pil() for number in range(len(pages))]
    return [seen(page, look, random) for page in printed]


def seen(page: Image.Image, look: Look, random: np.random.Generator) -> Image.Image:
    """A page as a scanner or a camera has it."""
    page = page.convert("RGB")
    if look.stamped:
        page = _stamped(page)
    if look.turned:
        page = page.rotate(look.turned, Image.Resampling.BICUBIC, expand=abs(look.turned) > 45, fillcolor="white")
    if look.desk:
        page = _on_desk(page, look.desk, random)
    if look.blurred:
        page = page.filter(ImageFilter.GaussianBlur(look.blurred))
    light: npt.NDArray[np.float64] = np.asarray(page, np.float64)
    height, width = light.shape[:2]
    light = look.ink + light * (look.paper - look.ink) / 255
    light = light * (1 - look.spine * np.exp(-np.linspace(0, _BEND, width)))[:, None]
    light = light * (1 - look.shadow * np.outer(np.linspace(0.3, 1, height), np.linspace(0, 1, width))[..., None])
    light = light + random.normal(0, look.noise, light.shape) if look.noise else light
    light = np.where(light > _FAX, 255.0, 0.0) if look.fax else light
    return _packed(Image.fromarray(np.clip(light, 0, 255).astype(np.uint8)), look.jpeg)


def _packed(page: Image.Image, quality: int) -> Image.Image:
    packed = io.BytesIO()
    page.save(packed, "JPEG", quality=quality)
    return Image.open(packed)


def _stamped(page: Image.Image) -> Image.Image:
    """With a seal over the signature: ink on ink, what is black stays black."""
    width, height = page.size
    radius = width // 11
    middle = int(width * 0.75), int(height * 0.8)
    seal = Image.new("RGB", page.size, "white")
    drawn = ImageDraw.Draw(seal)
    box = middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius
    drawn.ellipse(box, outline=(215, 30, 40), width=max(2, width // 250))
    drawn.regular_polygon((*middle, radius // 3), 5, fill=(215, 30, 40))
    return ImageChops.multiply(page, seal)


def _on_desk(page: Image.Image, share: float, random: np.random.Generator) -> Image.Image:
    """On something brown with a grain, seen from aside: its corners stand where a lens would put them."""
    (width, height), room = page.size, round(0.08 * page.width)
    size = width + 2 * room, height + 2 * room
    grain = random.normal(0, 9, (size[1], 1, 1)) + random.normal(0, 4, (size[1], size[0], 1))
    desk = Image.fromarray(np.clip(np.array([104, 78, 60]) + grain, 0, 255).astype(np.uint8))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    inward = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])
    held = corners + room + inward * random.uniform(0, share * width, (4, 2))
    lens = _perspective(held, corners)
    photograph, sheet = (
        one.transform(size, Image.Transform.PERSPECTIVE, lens, Image.Resampling.BICUBIC)
        for one in (page, Image.new("L", page.size, 255))
    )
    return Image.composite(photograph, desk, sheet)


def _perspective(held: npt.NDArray[np.float64], flat: npt.NDArray[np.float64]) -> list[float]:
    """The eight numbers by which places of a photograph become places on the sheet, from four of each."""
    rows, wanted = [], []
    for (x, y), (u, v) in zip(held, flat, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    return [float(number) for number in np.linalg.solve(np.array(rows), np.array(wanted))]
