"""Writes the XMP packet of a finished file (ISO 16684-1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from ..styles import X1A, PrintStandard

SCREEN = """<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li>
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
"""PDF/A-2a and PDF/UA-1, and the extension schema the latter needs (ISO 19005-2, 6.6.2.3.3)."""


@dataclass(frozen=True)
class Description:
    """What a file says about itself."""

    title: str
    author: str
    subject: str
    language: str
    day: date
    producer: str
    identifier: str
    """32 hexadecimal digits: the same for the same content."""

    @property
    def moment(self) -> str:
        """The day as an XMP date and time, at midnight UTC."""
        return f"{self.day.isoformat()}T00:00:00+00:00"


def print_identification(standard: PrintStandard) -> str:
    """What says that a file follows ``standard`` and is not trapped.

    PDF/X-4 has a schema of its own for it (ISO 15930-7). PDF/X-1a has it in Info, and XMP repeats
    it in the schema that Adobe gives to entries of Info without one.
    """
    prefix, namespace = "pdfxid", "http://www.npes.org/pdfx/ns/id/"
    if standard == X1A:
        prefix, namespace = "pdfx", "http://ns.adobe.com/pdfx/1.3/"
    version = f"{prefix}:GTS_PDFXVersion"
    return f"""<rdf:Description rdf:about="" xmlns:{prefix}="{namespace}">
<{version}>{standard.version}</{version}></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Trapped>False</pdf:Trapped></rdf:Description>"""


def packet(about: Description, identification: str) -> bytes:
    """The packet of a file that says by ``identification`` which standards it follows."""
    title, author, subject = map(escape, (about.title, about.author, about.subject))
    content = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
{identification}
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{escape(about.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{about.moment}</xmp:CreateDate>
<xmp:ModifyDate>{about.moment}</xmp:ModifyDate>
<xmp:MetadataDate>{about.moment}</xmp:MetadataDate>
<xmpMM:DocumentID>xmp.did:{about.identifier}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Producer>{escape(about.producer)}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
    return content.encode()
