"""Reads what a page paints in one pass over its content stream.

The pass keeps the graphics state (ISO 32000-1, clause 8.4) and follows form XObjects, patterns
and soft masks. A clipping path counts as its bounding box.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from math import hypot
from typing import Any

import pikepdf
from pikepdf import Matrix

from .colour import DEVICE_CMYK, DEVICE_GRAY, DEVICE_RGB, Colour, Space, read_space
from .fonts import Font
from .geometry import EVERYWHERE, Box, intersection, transformed, union
from .marks import UNTAGGED, Area, ContentKey, Line, PageMarks, Picture, Tag, Text
from .names import name

_DEEPEST = 12
_DEFAULTS = {
    "/DefaultGray": "DeviceGray", "/DefaultRGB": "DeviceRGB", "/DefaultCMYK": "DeviceCMYK"
}  # fmt: skip
_SUBSTITUTES = {
    "/Alternates": "a picture with alternates",
    "/OPI": "a placeholder for a picture elsewhere (OPI)",
    "/Ref": "a reference to a page of another file",
}
_WITHOUT_MARKS = {
    "BX", "DP", "ET", "EX", "J", "M", "MP", "d", "d0", "d1", "h", "i", "j", "ri"
}  # fmt: skip
"""Operators that change nothing a preflight asks about."""
_INTERPOLATED = re.compile(rb"/I(?:nterpolate)?\s+true")
_HEX = re.compile(rb"<([0-9a-f]*)>")
_STRING = re.compile(rb"<[0-9a-f]*>|\(\)")
_BLACK = DEVICE_GRAY.initial
_IDENTITY = Matrix()


class _State:
    """Graphics state; ``saved`` is a copy that ``q`` puts aside."""

    def __init__(self) -> None:
        self.ctm = _IDENTITY
        self.clip: Box | None = EVERYWHERE
        self.fill = self.stroke = _BLACK
        self.fill_alpha = self.stroke_alpha = 1.0
        self.fill_overprint = self.stroke_overprint = False
        self.overprint_mode = 0
        self.line_width = 1.0
        self.font: Font | None = None
        self.size = 0.0
        self.char_space = self.word_space = self.leading = self.rise = 0.0
        self.stretch = 1.0
        self.render = 0

    def saved(self) -> _State:
        copy = _State.__new__(_State)
        copy.__dict__.update(self.__dict__)
        return copy


class _Resources:
    """A resource dictionary with what has been read from it so far."""

    def __init__(self, source: Any, fonts: dict[Any, Font]) -> None:
        self._source = source if source is not None else pikepdf.Dictionary()
        self._all_fonts = fonts
        self._fonts: dict[str, Font | None] = {}
        self._spaces: dict[str, Space] = {}
        self._defaults: dict[str, Space] | None = None

    def get(self, kind: str, key: Any) -> Any:
        group = self._source.get(kind)
        return None if group is None else group.get(key)

    def font(self, key: str) -> Font | None:
        if key not in self._fonts:
            source = self.get("/Font", key)
            if source is None:
                self._fonts[key] = None
            elif source.is_indirect:
                known = self._all_fonts
                self._fonts[key] = known.setdefault(source.objgen, Font(source))
            else:
                self._fonts[key] = Font(source)
        return self._fonts[key]

    def space(self, value: Any) -> Space:
        if not isinstance(value, pikepdf.Name):
            return read_space(value, self._source.get("/ColorSpace"))
        key = name(value)
        if key not in self._spaces:
            self._spaces[key] = read_space(value, self._source.get("/ColorSpace"))
        return self._spaces[key]

    def meant(self, space: Space) -> Space:
        """What stands in for a device space here (ISO 32000-1, 8.6.5.6)."""
        if self._defaults is None:
            named: Any = self._source.get("/ColorSpace", {})
            self._defaults = {
                family: read_space(named[key], named)
                for key, family in _DEFAULTS.items()
                if key in named
            }
        return self._defaults.get(space.family, space)


class MarkReader:
    """Reads pages of one file; fonts are shared between them."""

    def __init__(self) -> None:
        self._fonts: dict[Any, Font] = {}

    def read(self, page: pikepdf.Page, number: int) -> PageMarks:
        """Marks of ``page``, the ``number``-th from 1.

        Raises pikepdf.PdfError when the content stream cannot be read.
        """
        marks = PageMarks()
        resources = _Resources(inherited(page.obj, "/Resources"), self._fonts)
        interpreter = _Interpreter(marks, number, self._fonts)
        interpreter.resources = resources
        interpreter.note_group(page.obj.get("/Group"), resources, "the page's transparency group")
        if "/Contents" in page.obj:
            interpreter.run(page, resources)
        return marks

    def read_appearances(self, annotations: Iterable[Any], number: int) -> PageMarks:
        """What the annotations of a page show in each of their states, at no certain place."""
        marks = PageMarks()
        interpreter = _Interpreter(marks, number, self._fonts)
        for annotation in annotations:
            for stream in _appearances(annotation):
                interpreter.run_form(stream)
        return marks


def _appearances(annotation: Any) -> Iterator[Any]:
    """The normal appearance of an annotation, per state (ISO 32000-1, 12.5.5)."""
    appearance = annotation.get("/AP")
    normal = appearance.get("/N") if isinstance(appearance, pikepdf.Dictionary) else None
    if isinstance(normal, pikepdf.Stream):
        yield normal
    elif isinstance(normal, pikepdf.Dictionary):
        yield from (state for state in normal.values() if isinstance(state, pikepdf.Stream))


def inherited(page: Any, key: str) -> Any:
    """A page attribute, looked up through the page tree (ISO 32000-1, 7.7.3.4)."""
    node = page
    for _ in range(32):
        if node is None or key in node:
            return node and node[key]
        node = node.get("/Parent")
    return None


def _floats(operands: Iterable[Any]) -> list[float]:
    return [float(operand) for operand in operands]


def _scales(matrix: Matrix) -> tuple[float, float]:
    """How much longer a transformation makes what lies along x, and along y."""
    return hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d)


class _Interpreter:
    """Runs content streams of one page; one method per group of operators."""

    def __init__(self, marks: PageMarks, page: int, fonts: dict[Any, Font]) -> None:
        self.marks = marks
        self.page = page
        self.fonts = fonts
        self.state = _State()
        self.stack: list[_State] = []
        self.tags: list[Tag] = []
        self.tag = UNTAGGED
        self.form = 0
        self.active: set[Any] = set()
        self.painting = True
        self.text_matrix = self.line_matrix = _IDENTITY
        self.path: list[tuple[Box, bool]] = []
        self.point = (0.0, 0.0)
        self.clipping = False
        self.resources = _Resources(None, fonts)
        self.handlers = _handlers(self)

    def run(self, stream: Any, resources: _Resources) -> None:
        outer, self.resources = self.resources, resources
        handlers = self.handlers
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            handler = handlers.get(operator)
            if handler is None:
                if operator not in _WITHOUT_MARKS:
                    self.marks.unknown.add(operator)
                continue
            try:
                handler(instruction.operands)
            # Whatever stands where a number or a name should, the rest is read.
            except (TypeError, ValueError, IndexError, KeyError, AttributeError):
                self.marks.malformed.add(operator)
        self.resources = outer

    # Graphics state

    def save(self, _: Any) -> None:
        self.stack.append(self.state)
        self.state = self.state.saved()

    def restore(self, _: Any) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def concatenate(self, operands: Any) -> None:
        self.state.ctm = Matrix(*_floats(operands)) @ self.state.ctm

    def set_line_width(self, operands: Any) -> None:
        self.state.line_width = float(operands[0])

    def set_state(self, operands: Any) -> None:
        entry = self.resources.get("/ExtGState", operands[0])
        if entry is None:
            return
        state = self.state
        state.fill_alpha = float(entry.get("/ca", state.fill_alpha))
        state.stroke_alpha = float(entry.get("/CA", state.stroke_alpha))
        state.line_width = float(entry.get("/LW", state.line_width))
        state.overprint_mode = int(entry.get("/OPM", state.overprint_mode))
        # OP alone sets both kinds of overprint (ISO 32000-1, table 58).
        stroking = entry.get("/OP")
        state.stroke_overprint = bool(state.stroke_overprint if stroking is None else stroking)
        filling = entry.get("/op", stroking)
        state.fill_overprint = bool(state.fill_overprint if filling is None else filling)
        if (font := entry.get("/Font")) is not None:
            state.font, state.size = Font(font[0]), float(font[1])
        self._note_state_keys(entry)
        self._note_transparency(entry)
        mask = entry.get("/SMask")
        if isinstance(mask, pikepdf.Dictionary) and "/G" in mask:
            self._colours_only(mask["/G"], "a soft mask")

    def _note_state_keys(self, entry: Any) -> None:
        for key in ("/TR", "/TR2", "/HTP", "/HT", "/BG", "/BG2", "/UCR", "/UCR2"):
            if key in entry and str(entry[key]) != "/Default":
                self.marks.state_keys[key[1:]] = str(entry.objgen)

    def _note_transparency(self, entry: Any) -> None:
        """Note what is not opaque (ISO 32000-1, 11.3.5, 11.3.7 and 11.6.5)."""
        noted = self.marks.transparency
        if any(float(entry.get(key, 1)) < 1 for key in ("/ca", "/CA")):
            noted.add("opacity under 100 %")
        if str(entry.get("/BM", "/Normal")) not in ("/Normal", "/Compatible"):
            noted.add("a blend mode")
        if str(entry.get("/SMask", "/None")) != "/None":
            noted.add("a soft mask")

    # Colour

    def set_fill_space(self, operands: Any) -> None:
        self.state.fill = self._select(operands[0])

    def set_stroke_space(self, operands: Any) -> None:
        self.state.stroke = self._select(operands[0])

    def _select(self, operand: Any) -> Colour:
        space = self.resources.space(operand)
        self.note_space(space, "a colour")
        return space.initial

    def set_fill(self, operands: Any) -> None:
        self.state.fill = self._component_colour(self.state.fill.space, operands)

    def set_stroke(self, operands: Any) -> None:
        self.state.stroke = self._component_colour(self.state.stroke.space, operands)

    def _component_colour(self, space: Space, operands: Any) -> Colour:
        values = list(operands)
        if values and isinstance(values[-1], pikepdf.Name):
            self._note_pattern(values.pop())
            return Colour(space, ())
        return self._note_colour(Colour(space, tuple(_floats(values))))

    def _note_colour(self, colour: Colour) -> Colour:
        self.marks.colours.add(colour)
        return colour

    def _device_colour(self, space: Space, operands: Any) -> Colour:
        self.note_space(space, "a colour")
        return self._note_colour(Colour(space, tuple(_floats(operands))))

    def note_space(self, space: Space, user: str) -> None:
        for part in space.parts():
            self.marks.spaces.setdefault(self.resources.meant(part), user)

    def note_group(self, group: Any, resources: _Resources, user: str) -> None:
        if group is not None and group.get("/S") == "/Transparency":
            self.marks.transparency.add("a transparency group")
        if group is not None and "/CS" in group:
            self.note_space(resources.space(group["/CS"]), user)

    def _note_pattern(self, name: Any) -> None:
        pattern = self.resources.get("/Pattern", name)
        if pattern is None:
            return
        if isinstance(pattern, pikepdf.Stream):
            self._colours_only(pattern, "a pattern")
        elif "/Shading" in pattern:
            self._note_shading(pattern["/Shading"])

    def _note_shading(self, shading: Any) -> None:
        space = self.resources.space(shading.get("/ColorSpace"))
        self.note_space(space, "a gradient")
        for values in _end_colours(shading.get("/Function"), 0):
            self._note_colour(Colour(space, values))

    def paint_shading(self, operands: Any) -> None:
        shading = self.resources.get("/Shading", operands[0])
        if shading is None:
            return
        self._note_shading(shading)
        if self.painting and self.state.clip:
            self.marks.shadings += 1
            self._painted(self.state.clip)

    # Paths

    def rectangle(self, operands: Any) -> None:
        x, y, width, height = _floats(operands)
        self.point = (x, y)
        self.path.append((transformed((x, y, x + width, y + height), self.state.ctm), True))

    def move(self, operands: Any) -> None:
        x, y = self._device_point(operands, 0)
        self.path.append(((x, y, x, y), False))

    def line(self, operands: Any) -> None:
        self._extend(self._device_point(operands, 0))

    def curve(self, operands: Any) -> None:
        for index in range(0, len(operands), 2):
            self._extend(self._device_point(operands, index))

    def _device_point(self, operands: Any, index: int) -> tuple[float, float]:
        x, y = float(operands[index]), float(operands[index + 1])
        return self.state.ctm.transform((x, y))

    def _extend(self, point: tuple[float, float]) -> None:
        x, y = point
        if not self.path:
            return
        left, bottom, right, top = self.path[-1][0]
        self.path[-1] = ((min(left, x), min(bottom, y), max(right, x), max(top, y)), False)

    def start_clip(self, _: Any) -> None:
        self.clipping = True

    def end_path(self, *, fill: bool = False, stroke: bool = False) -> None:
        if self.painting and self.path:
            if fill:
                self._record_areas()
            if stroke:
                self._record_line()
        if self.clipping:
            self._clip_to_path()
        self.path = []

    def _clip_to_path(self) -> None:
        self.clipping = False
        outline: Box | None = None
        for box, _ in self.path:
            outline = union(outline, box) if outline else box
        clip = self.state.clip
        self.state.clip = intersection(clip, outline) if clip and outline else None

    def _note_initial(self, colour: Colour) -> None:
        """Note black grey where nothing is said about colour (ISO 32000-1, table 52)."""
        if colour is _BLACK and self.painting:
            self.note_space(DEVICE_GRAY, "a colour")

    def _record_areas(self) -> None:
        state = self.state
        self._note_initial(state.fill)
        visible = state.fill_alpha > 0
        shown = []
        for full, upright in self.path:
            if box := self._clipped(full):
                shown.append(box)
                self.marks.areas.append(
                    Area(
                        box=box,
                        full_box=full,
                        colour=state.fill,
                        overprints=state.fill_overprint,
                        visible=visible,
                        is_rectangle=upright,
                        tag=self.tag,
                    )
                )
        self._painted(*shown)

    def _record_line(self) -> None:
        state = self.state
        self._note_initial(state.stroke)
        width = state.line_width * min(_scales(state.ctm))
        outline = self.path[0][0]
        for box, _ in self.path[1:]:
            outline = union(outline, box)
        if shown := self._clipped(outline):
            visible = state.stroke_alpha > 0
            self.marks.lines.append(
                Line(shown, width, state.stroke, state.stroke_overprint, visible, self.tag)
            )
            self._painted(shown)

    def _clipped(self, box: Box) -> Box | None:
        return intersection(box, self.state.clip) if self.state.clip else None

    # Objects

    def invoke(self, operands: Any) -> None:
        target = self.resources.get("/XObject", operands[0])
        if not isinstance(target, pikepdf.Stream):
            return
        self._note_substitutes(target)
        match str(target.get("/Subtype", "")):
            case "/Image":
                self._place_image(target)
            case "/Form":
                self.run_form(target)
            case "/PS":
                self.marks.postscript = True
        if "/PS" in target or str(target.get("/Subtype2", "")) == "/PS":
            self.marks.postscript = True

    def _note_substitutes(self, target: Any) -> None:
        """Note what stands in for something else (ISO 32000-1, 8.9.5.4, 8.10.4 and 14.11.7)."""
        for key, words in _SUBSTITUTES.items():
            if key in target:
                self.marks.substitutes.add(words)

    def _place_image(self, image: Any) -> None:
        is_mask = bool(image.get("/ImageMask", False))
        if not is_mask and "/ColorSpace" in image:
            self.note_space(self.resources.space(image["/ColorSpace"]), "a picture")
        if "/SMask" in image:
            self.marks.transparency.add("a picture with a soft mask")
        one_bit = is_mask or int(image.get("/BitsPerComponent", 8)) == 1
        pixels = (int(image.get("/Width", 0)), int(image.get("/Height", 0)))
        self._record_picture(pixels, one_bit, bool(image.get("/Interpolate", False)))

    def place_inline_image(self, operands: Any) -> None:
        image = operands[0]
        if not image.image_mask and image.colorspace is not None:
            self.note_space(
                self.resources.space(pikepdf.Name(image.colorspace)), "a picture in the text"
            )
        one_bit = image.image_mask or image.bits_per_component == 1
        interpolated = bool(_INTERPOLATED.search(image.unparse().partition(b"ID")[0]))
        self.marks.packings.update(image.filters)
        self._record_picture((image.width, image.height), one_bit, interpolated)

    def _record_picture(self, pixels: tuple[int, int], one_bit: bool, interpolated: bool) -> None:
        width, height = _scales(self.state.ctm)
        box = self._clipped(transformed((0, 0, 1, 1), self.state.ctm))
        if not self.painting or not box or not width or not height:
            return
        resolution = 72 * min(pixels[0] / width, pixels[1] / height)
        self.marks.pictures.append(
            Picture(box, pixels, resolution, one_bit, interpolated, self.tag)
        )
        self._painted(box)

    def run_form(self, form: Any) -> None:
        if form.objgen in self.active or len(self.active) >= _DEEPEST:
            return
        own = form.get("/Resources")
        resources = self.resources if own is None else _Resources(own, self.fonts)
        self.note_group(form.get("/Group"), resources, "a transparency group")
        self.active.add(form.objgen)
        outer = self.form, self.stack, self.tags, self.tag, self.path
        self.stack, self.path, self.tags = [], [], list(self.tags)
        before, self.state = self.state, self.state.saved()
        if "/StructParents" in form:
            self.form = form.objgen[0]
        if "/Matrix" in form:
            self.concatenate(form["/Matrix"])
        if "/BBox" in form:
            left, bottom, right, top = _floats(form["/BBox"])
            self.state.clip = self._clipped(
                transformed((left, bottom, right, top), self.state.ctm)
            )
        self.run(form, resources)
        self.state = before
        self.form, self.stack, self.tags, self.tag, self.path = outer
        self.active.discard(form.objgen)

    def _colours_only(self, stream: Any, user: str) -> None:
        """Run a pattern cell or a mask for the colours it uses, not for places."""
        painting, self.painting = self.painting, False
        self.note_group(stream.get("/Group"), self.resources, user)
        self.run_form(stream)
        self.painting = painting

    # Marked content

    def begin_tag(self, operands: Any) -> None:
        self.tags.append(self.tag)
        if str(operands[0]) == "/Artifact":
            self.marks.mixed += self.tag.key is not None
            self.tag = Tag(artifact=True)

    def begin_tag_with_properties(self, operands: Any) -> None:
        self.begin_tag(operands)
        if str(operands[0]) == "/Artifact":
            # Its MCID, if any, makes no content of it (ISO 32000-1, 14.8.2.2.2).
            return
        properties = operands[1]
        if isinstance(properties, pikepdf.Name):
            properties = self.resources.get("/Properties", properties)
        if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
            self.marks.mixed += self.tag.artifact
            key = ContentKey(self.page, self.form, int(properties["/MCID"]))
            self.tag = Tag(key=key, language=self.tag.language)
            self.marks.keys.add(key)
        if isinstance(properties, pikepdf.Dictionary) and "/Lang" in properties:
            self.tag = self.tag._replace(language=str(properties["/Lang"]))

    def end_tag(self, _: Any) -> None:
        self.tag = self.tags.pop() if self.tags else UNTAGGED

    def _painted(self, *boxes: Box) -> None:
        """Account a mark, whose parts fill ``boxes``, to the tag around it."""
        key = self.tag.key
        if self.tag.is_missing and boxes:
            self.marks.untagged += 1
        if key is not None:
            known = self.marks.content_boxes
            for box in boxes:
                known[key] = union(known[key], box) if key in known else box

    # Text

    def begin_text(self, _: Any) -> None:
        self.text_matrix = self.line_matrix = _IDENTITY

    def set_font(self, operands: Any) -> None:
        self.state.font = self.resources.font(str(operands[0]))
        self.state.size = float(operands[1])

    def set_text_matrix(self, operands: Any) -> None:
        self.text_matrix = self.line_matrix = Matrix(*_floats(operands))

    def next_line(self, x: float, y: float) -> None:
        self.line_matrix = self.line_matrix.translated(x, y)
        self.text_matrix = self.line_matrix

    def move_and_set_leading(self, operands: Any) -> None:
        self.state.leading = -float(operands[1])
        self.next_line(float(operands[0]), float(operands[1]))

    def set_render(self, operands: Any) -> None:
        self.state.render = int(operands[0])

    def set_text_number(self, name: str) -> Callable[[Any], None]:
        def handler(operands: Any) -> None:
            setattr(self.state, name, float(operands[0]))

        return handler

    def set_stretch(self, operands: Any) -> None:
        self.state.stretch = float(operands[0]) / 100

    def show(self, operands: Any) -> None:
        self._show(bytes(operands[-1]), 0.0)

    def show_on_next_line(self, operands: Any) -> None:
        self.next_line(0.0, -self.state.leading)
        self.show(operands)

    def show_with_spacing(self, operands: Any) -> None:
        self.state.word_space = float(operands[0])
        self.state.char_space = float(operands[1])
        self.show_on_next_line(operands)

    def show_adjusted(self, operands: Any) -> None:
        # One call into the library for the whole array: it may hold a number per glyph.
        # Most of the numbers are 0 and change nothing.
        written = operands[0].unparse().replace(b" 0 ", b" ")
        if b"(" in written.replace(b"()", b""):
            strings = [bytes(item) for item in operands[0] if isinstance(item, pikepdf.String)]
            numbers = [item for item in operands[0] if not isinstance(item, pikepdf.String)]
        else:
            strings = [bytes.fromhex(b"".join(_HEX.findall(written)).decode())]
            numbers = _STRING.sub(b" ", written)[1:-1].split()
        self._show(b"".join(strings), sum(map(float, numbers)))

    def _show(self, shown: bytes, adjustment: float) -> None:
        state = self.state
        font = state.font
        if font is None or not shown:
            return
        length = len(shown) // 2 if font.composite else len(shown)
        width = (font.advance(shown) - adjustment / 1000) * state.size
        width += length * state.char_space
        if state.word_space and not font.composite:
            width += shown.count(b" ") * state.word_space
        width *= state.stretch
        if self.painting:
            self._record_text(font, shown, width)
        self.text_matrix = self.text_matrix.translated(width, 0.0)

    def _record_text(self, font: Font, shown: bytes, width: float) -> None:
        state = self.state
        matrix = self.text_matrix @ state.ctm
        below, above = font.extent
        low, high = state.rise + below * state.size, state.rise + above * state.size
        box = transformed((0.0, low, width, high), matrix)
        fills = state.render in (0, 2, 4, 6)
        if state.render not in (3, 7):
            self._note_initial(state.fill if fills else state.stroke)
        alpha = state.fill_alpha if fills else state.stroke_alpha
        clip = state.clip
        visible = (
            state.render not in (3, 7)
            and alpha > 0
            and clip is not None
            and intersection(box, clip) is not None
        )
        self.marks.texts.append(
            Text(
                box=box,
                size=abs(state.size) * _scales(matrix)[1],
                colour=state.fill if fills else state.stroke,
                overprints=state.fill_overprint if fills else state.stroke_overprint,
                overprint_mode=state.overprint_mode,
                font=font,
                shown=shown,
                visible=visible,
                tag=self.tag,
            )
        )
        self._painted(box)


def _end_colours(function: Any, depth: int) -> list[tuple[float, ...]]:
    """The colours at the stops of a gradient (ISO 32000-1, 7.10.3 and 7.10.4)."""
    if function is None or depth > _DEEPEST or isinstance(function, pikepdf.Array):
        return []
    match int(function.get("/FunctionType", -1)):
        case 2:
            ends = (function.get("/C0", (0,)), function.get("/C1", (1,)))
            return [tuple(_floats(end)) for end in ends]
        case 3:
            parts = function.get("/Functions", ())
            return [colour for part in parts for colour in _end_colours(part, depth + 1)]
    return []


def _handlers(reader: _Interpreter) -> dict[str, Callable[[Any], None]]:
    """Operators (ISO 32000-1, annex A) and what to do for each."""

    def paint(*, fill: bool = False, stroke: bool = False) -> Callable[[Any], None]:
        return lambda _: reader.end_path(fill=fill, stroke=stroke)

    def device(attribute: str, space: Space) -> Callable[[Any], None]:
        def handler(operands: Any) -> None:
            setattr(reader.state, attribute, reader._device_colour(space, operands))

        return handler

    fill, stroke, both = paint(fill=True), paint(stroke=True), paint(fill=True, stroke=True)
    return {
        "q": reader.save,
        "Q": reader.restore,
        "cm": reader.concatenate,
        "w": reader.set_line_width,
        "gs": reader.set_state,
        "cs": reader.set_fill_space,
        "CS": reader.set_stroke_space,
        "sc": reader.set_fill,
        "scn": reader.set_fill,
        "SC": reader.set_stroke,
        "SCN": reader.set_stroke,
        "g": device("fill", DEVICE_GRAY),
        "G": device("stroke", DEVICE_GRAY),
        "rg": device("fill", DEVICE_RGB),
        "RG": device("stroke", DEVICE_RGB),
        "k": device("fill", DEVICE_CMYK),
        "K": device("stroke", DEVICE_CMYK),
        "sh": reader.paint_shading,
        "re": reader.rectangle,
        "m": reader.move,
        "l": reader.line,
        "c": reader.curve,
        "v": reader.curve,
        "y": reader.curve,
        "W": reader.start_clip,
        "W*": reader.start_clip,
        "n": paint(),
        "f": fill,
        "F": fill,
        "f*": fill,
        "S": stroke,
        "s": stroke,
        "B": both,
        "B*": both,
        "b": both,
        "b*": both,
        "Do": reader.invoke,
        "INLINE IMAGE": reader.place_inline_image,
        "BMC": reader.begin_tag,
        "BDC": reader.begin_tag_with_properties,
        "EMC": reader.end_tag,
        "BT": reader.begin_text,
        "Tf": reader.set_font,
        "Tm": reader.set_text_matrix,
        "Td": lambda operands: reader.next_line(float(operands[0]), float(operands[1])),
        "TD": reader.move_and_set_leading,
        "T*": lambda _: reader.next_line(0.0, -reader.state.leading),
        "TL": reader.set_text_number("leading"),
        "Tc": reader.set_text_number("char_space"),
        "Tw": reader.set_text_number("word_space"),
        "Ts": reader.set_text_number("rise"),
        "Tz": reader.set_stretch,
        "Tr": reader.set_render,
        "Tj": reader.show,
        "'": reader.show_on_next_line,
        '"': reader.show_with_spacing,
        "TJ": reader.show_adjusted,
    }
