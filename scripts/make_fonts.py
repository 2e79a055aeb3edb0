#!/usr/bin/env python3
"""Make the default fonts of the typeset crate from the fonts of Debian.

Run it through make_fonts.sh, which sets up the packages and fontTools.
The same input packages give the same bytes: no time is written, and all
sets are sorted before use.

Use: make_fonts.py FOLDER
"""

import hashlib
import os
import re
import subprocess
import sys

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

NOTO = "/usr/share/fonts/opentype/noto/"
KAI = "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
CORE = "/usr/share/fonts/truetype/noto/"
STIX = "/usr/share/fonts/opentype/stix-word/STIXMath-Regular.otf"
MONO = CORE + "NotoSansMono-Regular.ttf"

# The East Asian faces ask for these blocks. A font gives what it has of them.
SYMBOLS = [
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1 Supplement
    (0x0100, 0x017F),  # Latin Extended-A
    (0x0180, 0x024F),  # Latin Extended-B
    (0x0250, 0x02AF),  # IPA Extensions
    (0x02B0, 0x02FF),  # Spacing Modifier Letters
    (0x0300, 0x036F),  # Combining Diacritical Marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic and its supplement
    (0x1D00, 0x1DBF),  # Phonetic Extensions
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x1F00, 0x1FFF),  # Greek Extended
    (0x2000, 0x206F),  # General Punctuation
    (0x2070, 0x209F),  # Superscripts and Subscripts
    (0x20A0, 0x20CF),  # Currency Symbols
    (0x20D0, 0x20FF),  # Combining Marks for Symbols
    (0x2100, 0x214F),  # Letterlike Symbols
    (0x2150, 0x218F),  # Number Forms
    (0x2190, 0x21FF),  # Arrows
    (0x2200, 0x22FF),  # Mathematical Operators
    (0x2300, 0x23FF),  # Miscellaneous Technical
    (0x2400, 0x243F),  # Control Pictures
    (0x2460, 0x24FF),  # Enclosed Alphanumerics
    (0x2500, 0x257F),  # Box Drawing
    (0x2580, 0x259F),  # Block Elements
    (0x25A0, 0x25FF),  # Geometric Shapes
    (0x2600, 0x26FF),  # Miscellaneous Symbols
    (0x2700, 0x27BF),  # Dingbats
    (0x27C0, 0x27FF),  # Mathematical Symbols-A, Arrows-A
    (0x2900, 0x2BFF),  # Arrows-B, Mathematical Symbols-B, Operators, Arrows
    (0x2E00, 0x2E7F),  # Supplemental Punctuation
    (0x2FF0, 0x2FFF),  # Ideographic Description Characters
    (0x3000, 0x303F),  # CJK Symbols and Punctuation
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3100, 0x312F),  # Bopomofo
    (0x3190, 0x319F),  # Kanbun
    (0x31A0, 0x31BF),  # Bopomofo Extended
    (0x31C0, 0x31E3),  # CJK Strokes
    (0x31F0, 0x31FF),  # Katakana Phonetic Extensions
    (0x3200, 0x32FF),  # Enclosed CJK Letters and Months
    (0x3300, 0x33FF),  # CJK Compatibility
    (0xFB00, 0xFB06),  # Latin ligatures
    (0xFE10, 0xFE1F),  # Vertical Forms
    (0xFE20, 0xFE2F),  # Combining Half Marks
    (0xFE30, 0xFE4F),  # CJK Compatibility Forms
    (0xFE50, 0xFE6F),  # Small Form Variants
    (0xFF01, 0xFF9F),  # Full-width forms, half-width punctuation and katakana
    (0xFFE0, 0xFFEE),  # Full-width and half-width signs
    (0xFFFC, 0xFFFD),  # Object replacement, replacement character
    (0x1F100, 0x1F1FF),  # Enclosed Alphanumeric Supplement
    (0x1F200, 0x1F2FF),  # Enclosed Ideographic Supplement
]

# Radicals: most share the glyph of a character of GBK, so they cost little.
RADICALS = [(0x2E80, 0x2EFF), (0x2F00, 0x2FDF)]

# The blocks of the monospaced face: no East Asian part.
MONO_BLOCKS = [r for r in SYMBOLS if r[1] < 0x2E80 or 0xFB00 <= r[0] <= 0xFB06 or r[0] == 0xFFFC]

# The blocks of the Latin faces.
LATIN_BLOCKS = MONO_BLOCKS + [
    (0x2C60, 0x2C7F),  # Latin Extended-C
    (0xA700, 0xA71F),  # Modifier Tone Letters
    (0xFE20, 0xFE2F),  # Combining Half Marks
]

# The symbol face: what no Latin face has, whole blocks, and a space. Signs that
# are in Noto Sans Math too are in one of the two lists only.
SYMBOL_BLOCKS = [
    (0x0020, 0x0020),  # Space
    (0x2190, 0x21FF),  # Arrows
    (0x2300, 0x23FF),  # Miscellaneous Technical
    (0x2400, 0x243F),  # Control Pictures
    (0x25A0, 0x25CB),  # Geometric Shapes, without the dotted circle U+25CC,
    (0x25CD, 0x25FF),  # which belongs to the faces with letters
    (0x2600, 0x26FF),  # Miscellaneous Symbols
    (0x2700, 0x27BF),  # Dingbats
    (0x2B00, 0x2BFF),  # Miscellaneous Symbols and Arrows
    (0x1F5F4, 0x1F5F9),  # Ballot scripts, boxes and marks
    (0x1F650, 0x1F67F),  # Ornamental Dingbats
    (0x1F780, 0x1F7FF),  # Geometric Shapes Extended
    (0x1F800, 0x1F8FF),  # Supplemental Arrows-C
]

# The face of mathematics: signs, and the letters of formulas as far as they
# have a code of their own. Plain letters, figures and accents come from other
# faces; the source has no places for accents on the letters kept here.
MATH_BLOCKS = [
    (0x0020, 0x0020),  # Space
    (0x20D0, 0x20FF),  # Combining Marks for Symbols
    (0x2100, 0x214F),  # Letterlike Symbols
    (0x2190, 0x21FF),  # Arrows
    (0x2200, 0x22FF),  # Mathematical Operators
    (0x2300, 0x23FF),  # Miscellaneous Technical
    (0x266D, 0x266F),  # Flat, natural, sharp
    (0x27C0, 0x27FF),  # Mathematical Symbols-A, Arrows-A
    (0x2900, 0x2BFF),  # Arrows-B, Mathematical Symbols-B, Operators, Arrows
    (0x1D400, 0x1D59F),  # Bold, italic, script, fraktur, double-struck letters
    (0x1D6A4, 0x1D755),  # Dotless letters; bold, italic, bold italic Greek
    (0x1D7CA, 0x1D7E1),  # Bold digamma; bold and double-struck figures
]

# The face of formulas, with the table `MATH`: letters and figures too, so that
# a formula is of one face.
FORMULA_BLOCKS = MATH_BLOCKS + [
    (0x0021, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1 Supplement
    (0x0300, 0x036F),  # Combining Diacritical Marks
    (0x0370, 0x03FF),  # Greek
    (0x2010, 0x2064),  # Punctuation, and signs that are not seen
    (0x1D5A0, 0x1D7FF),  # Sans-serif and monospaced letters and figures
]
FORMULA_FEATURES = "kern liga ccmp mark mkmk ssty dtls flac".split()

# Layout features a typesetter uses. `locl`, `aalt`, `dlig`, `hist`, `ruby`,
# `calt` and the Hangul features go.
FEATURES = (
    "kern liga ccmp mark mkmk vert vrt2 vkrn fwid hwid pwid halt vhal palt vpal".split()
)

# The default language of each script only: the forms are the simplified
# Chinese ones whatever the language of the text.
SCRIPTS = ["DFLT.dflt", "latn.dflt", "grek.dflt", "cyrl.dflt", "hani.dflt", "kana.dflt"]

# The Latin faces have fractions and raised figures too, and `locl` with all
# its languages: Serbian and Romanian forms cost less than 2 KB.
LATIN_FEATURES = "kern liga ccmp mark mkmk locl frac numr dnom sups subs ordn".split()
LATIN_SCRIPTS = ["*"]

# The faces of scripts that run from right to left: letters of their languages,
# their signs, and the forms that have a code of their own, with a space.
ARABIC_BLOCKS = [
    (0x0020, 0x0020),  # Space
    (0x0600, 0x06FF),  # Arabic
    (0x0750, 0x077F),  # Arabic Supplement
    (0x08A0, 0x08FF),  # Arabic Extended-A
    (0x200C, 0x200F),  # Joiners and marks of direction
    (0x25CC, 0x25CC),  # The dotted circle that marks stand on alone
    (0xFB50, 0xFDFF),  # Arabic Presentation Forms-A
    (0xFE70, 0xFEFF),  # Arabic Presentation Forms-B
]
HEBREW_BLOCKS = [
    (0x0020, 0x0020),  # Space
    (0x0590, 0x05FF),  # Hebrew
    (0x200C, 0x200F),  # Joiners and marks of direction
    (0x20AA, 0x20AA),  # New sheqel sign
    (0x25CC, 0x25CC),  # The dotted circle that marks stand on alone
    (0xFB1D, 0xFB4F),  # Hebrew Presentation Forms
]
# Joined forms, ligatures and places of marks; `locl` with all languages.
RTL_FEATURES = "init medi fina isol liga rlig calt ccmp mark mkmk kern curs locl".split()

# Characters that a face must have, whatever the source.
NEEDED = {
    "Noto Serif": "AZaz09 ßẞĄąČčĐđĞğİıŁłŐőŞşȘșŽžƏəǍǎẠạỆệ ɐɓɕɘɡɣɨɲŋɾʁʃʊʌʒʔˈˌːˑ"
    "\u0301\u0303\u032a\u0361 ΆΐΩάϐϑϕῶᾳ ЁЂЄІЇЉЋЎЏЯяґғҗқңүұһәөѣѳѵ "
    "‐–—‘’‚“”„†‡•…‰′″‹›⁄€£¥¢₤₩₪₫₱₴₹₺₽₿ªº¹²³⁴ⁿ₀₁№™ℓℝ½¾ﬁﬂ",
    "Noto Sans Symbols 2": "☐☑☒✓✔✕✖✗✘✉✂✈✍✏☆★☎☞♠♣♥♦⚠➔➜➢➤❖●○■□▪▫▲△▶▷▼▽◀◁◆◇◊◦⬛⬜⬤⭐⮕"
    "\U0001F5F5\U0001F5F8\U0001F5F9\U0001F784\U0001F872",
    "Noto Sans Math": "≒∀∂∃∅∇∈∉∋∏∑−∓∕∗∘√∛∝∞∠∧∨∩∪∫∬∮∴∵∼≅≈≠≡≤≥≦≧≪≫⊂⊃⊆⊇⊕⊗⊥⋅⋮⋯⌈⌉⌊⌋⎛⎝"
    "←↑→↓↔↦⇐⇒⇔⇌⟨⟩⟵⟶⟹⟺⤏⦁⨯⩽⩾ℂℋℎℐℑℒℕℙℚℛℜℝℤℵ\u20d7"
    "\U0001D400\U0001D433\U0001D434\U0001D467\U0001D49C\U0001D504\U0001D538"
    "\U0001D6A4\U0001D6FC\U0001D70B\U0001D7CE\U0001D7D8",
}
NEEDED["Noto Sans"] = NEEDED["Noto Serif"]
NEEDED["Noto Naskh Arabic"] = "ءآأؤإئابتثجحخدذرزسشصضطظعغفقكلمنهويپچژکگیٹڈڑں،؛؟٠٩۰۹﷼ﷲ\u064b\u0651\ufefb"
NEEDED["Noto Serif Hebrew"] = "אבגדהוזחטיכךלמםנןסעפףצץקרשת־׳״\u05b0\u05bc\ufb2a"

# Quotes, dash and ellipsis: full width in Chinese text, or not in the font.
FULL_WIDTH_OR_NONE = "“”‘’—…"


def decoded_by(codec):
    """All characters outside ASCII that a two-byte codec can give."""
    found = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                found.update(map(ord, bytes([lead, trail]).decode(codec)))
            except UnicodeDecodeError:
                pass
    return found


def characters(ranges):
    return {c for first, last in ranges for c in range(first, last + 1)}


def in_collection(path, family):
    """Number of the font of this family in a collection."""
    for number, font in enumerate(TTCollection(path, lazy=True).fonts):
        if font["name"].getDebugName(1) == family:
            return number
    raise SystemExit(f"{path}: no font of the family {family}")


def substitute_local_forms(font):
    """Point the cmap at the forms that `locl` gives for simplified Chinese.

    The dash U+2014 is narrow in the Latin part of the CJK fonts and becomes
    one em wide only through `locl`. Written into the cmap, it is one em wide
    in every text, and two of them join to the two-em dash of `ccmp`.
    """
    gsub = font["GSUB"].table
    forms = {}
    for script in gsub.ScriptList.ScriptRecord:
        if script.ScriptTag != "hani":
            continue
        for language in script.Script.LangSysRecord:
            if language.LangSysTag != "ZHS ":
                continue
            for index in language.LangSys.FeatureIndex:
                feature = gsub.FeatureList.FeatureRecord[index]
                if feature.FeatureTag != "locl":
                    continue
                for lookup in feature.Feature.LookupListIndex:
                    for sub in gsub.LookupList.Lookup[lookup].SubTable:
                        sub = getattr(sub, "ExtSubTable", sub)
                        for old, new in sub.mapping.items():
                            forms.setdefault(old, new)
    if not forms:
        raise SystemExit("no simplified Chinese forms found")
    for table in font["cmap"].tables:
        if table.format != 14:
            table.cmap = {c: forms.get(g, g) for c, g in table.cmap.items()}


def style_bits(style):
    """The bits of OS/2 fsSelection that link the styles of a family."""
    return {"Regular": 0x40, "Bold": 0x20, "Italic": 0x01, "Bold Italic": 0x21}[style]


def rename(font, family, style):
    """Set the names; keep copyright, makers, trademark and licence as they are."""
    table = font["name"]
    kept = {i: table.getDebugName(i) for i in (0, 5, 7, 8, 9, 10, 11, 12, 13, 14)}
    postscript = family.replace(" ", "") + "-" + style.replace(" ", "")
    version = kept[5].split(";")[0].strip()
    names = dict(kept)
    names.update(
        {
            1: family,
            2: style,
            3: f"{version.removeprefix('Version ')};Tabulary;{postscript}",
            4: f"{family} {style}",
            5: f"{version};subset for Tabulary",
            6: postscript,
        }
    )
    table.names = []
    for number in sorted(names):
        if names[number]:
            table.setName(names[number], number, 3, 1, 0x409)

    bold, italic = "Bold" in style, "Italic" in style
    os2 = font["OS/2"]
    os2.usWeightClass = 700 if bold else 400
    # Keep only the bit "use typographic metrics"; set regular, bold or italic.
    os2.fsSelection = (os2.fsSelection & 0x80) | style_bits(style)
    os2.fsType = 0
    if family.startswith("Tabulary"):
        os2.achVendID = "NONE"
    font["head"].macStyle = bold | italic << 1

    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [postscript]
        top = cff[0]
        top.FullName = f"{family} {style}"
        top.FamilyName = family
        for part in getattr(top, "FDArray", []):
            part.FontName = postscript + "-" + part.FontName.rsplit("-", 1)[1]


def make(folder, name, source, family, style, wanted, number=-1,
         features=FEATURES, scripts=SCRIPTS):
    font = TTFont(source, fontNumber=number, lazy=True, recalcTimestamp=False)
    allowed = features
    if "CFF " in font and family.startswith("Noto"):
        substitute_local_forms(font)
    if family == "Tabulary Kai":
        # Its only ligatures are stand-ins for rare characters.
        features = [f for f in features if f != "liga"]
        cmap = font.getBestCmap()
        em = font["head"].unitsPerEm
        wanted = wanted - {
            ord(c)
            for c in FULL_WIDTH_OR_NONE
            if ord(c) in cmap and font["hmtx"][cmap[ord(c)]][0] != em
        }
    has = set(font.getBestCmap())

    options = subset.Options()
    options.layout_features = features
    options.layout_scripts = scripts
    options.hinting = False
    options.desubroutinize = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    options.recalc_average_width = True
    options.prune_unicode_ranges = True
    options.harfbuzz_repacker = False
    font.cfg["fontTools.ttLib.tables.otBase:USE_HARFBUZZ_REPACKER"] = False
    tool = subset.Subsetter(options)
    tool.populate(unicodes=sorted(wanted & has))
    tool.subset(font)
    for tag in ("GSUB", "GPOS"):
        # A layout table in which nothing is left.
        if tag in font and not font[tag].table.FeatureList.FeatureRecord:
            del font[tag]
    rename(font, family, style)
    path = os.path.join(folder, name)
    font.save(path, reorderTables=True)
    check(path, family, style, wanted & has, allowed)


def check(path, family, style, wanted, features):
    font = TTFont(path)
    for tag in font.keys():
        font[tag]  # every table can be read
    cmap = font.getBestCmap()
    bold, italic = "Bold" in style, "Italic" in style
    names = font["name"]
    assert set(cmap) == wanted, f"{path}: characters differ"
    assert names.getDebugName(1) == family and names.getDebugName(2) == style
    assert names.getDebugName(0) and names.getDebugName(13)
    assert font["OS/2"].fsType == 0
    assert font["OS/2"].usWeightClass == (700 if bold else 400)
    assert font["OS/2"].fsSelection & 0x61 == style_bits(style)
    assert font["head"].macStyle == bold | italic << 1
    assert (font["post"].italicAngle < 0) == italic, f"{path}: slope"
    for tag in ("cvt ", "fpgm", "prep", "DSIG", "fvar"):
        assert tag not in font, f"{path}: {tag}"
    missing = [c for c in NEEDED.get(family, "") if ord(c) not in cmap and c != " "]
    assert not missing, f"{path}: lacks {missing}"
    found = set()
    for tag in ("GSUB", "GPOS"):
        if tag in font:
            tags = {r.FeatureTag for r in font[tag].table.FeatureList.FeatureRecord}
            assert tags <= set(features), f"{path}: features {tags}"
            found |= tags
    if features is LATIN_FEATURES and family in ("Noto Serif", "Noto Sans"):
        assert found == set(features), f"{path}: features {found}"
        # The styles of a family have the same line height.
        lines = font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap
        assert lines == (1069, -293, 0), f"{path}: {lines}"
    if family == "Noto Sans Mono":
        # A few marks and symbols are two or three cells wide in the source.
        for c in characters([(0x20, 0x7E), (0xA0, 0x17F), (0x2500, 0x259F)]) & wanted:
            assert font["hmtx"][cmap[c]][0] == 600, f"{path}: width of {c:04X}"
    if family == "Tabulary Math":
        assert "MATH" in font, f"{path}: no constants of formulas"
    elif "CFF " in font:
        em = font["head"].unitsPerEm
        for c in FULL_WIDTH_OR_NONE:
            assert font["hmtx"][cmap[ord(c)]][0] == em, f"{path}: {c} is narrow"
    for record in names.names:
        if record.nameID in (1, 2, 3, 4, 6, 16, 17) and "Tabulary" in family:
            assert not re.search("LXGW|霞鹜|STIX", str(record), re.I)
    with open(path, "rb") as file:
        data = file.read()
    print(
        f"{os.path.basename(path):28} {len(data):>9} bytes  {len(cmap):>6} characters  "
        f"{len(font.getGlyphOrder()):>6} glyphs  sha256 {hashlib.sha256(data).hexdigest()[:16]}"
    )


def licence(folder, name, package, fonts, sources):
    """Write the licence from the copyright file of the Debian package."""
    with open(f"/usr/share/doc/{package}/copyright", encoding="utf-8") as file:
        paragraphs = re.split(r"\n\s*\n", file.read())
    owner = text = None
    for paragraph in paragraphs:
        if paragraph.startswith("Files: *"):
            owner = paragraph
        if re.match(r"License: (SIL-1\.1|OFL-1\.1|SIL-OFL-1\.1) *\n", paragraph):
            text = paragraph
    lines = []
    for line in text.split("\n")[1:]:
        line = line.strip()
        lines.append("" if line == "." else line)
    body = "\n".join(lines).strip() + "\n"
    title = "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007"
    if title not in body:
        rule = "-" * 59
        body = f"{rule}\n{title}\n{rule}\n\n{body}"

    copyrights = []
    for path, number in sources:
        font = TTFont(path, fontNumber=number, lazy=True)
        for line in font["name"].getDebugName(0).splitlines():
            if line.strip() not in copyrights:
                copyrights.append(line.strip())
    lines = re.search(r"\nCopyright:(.*(?:\n .*)*)", owner).group(1)
    for line in lines.split("\n"):
        if line.strip():
            copyrights.append("Copyright " + line.strip())
    comment = re.search(r"\nComment:(.*(?:\n .*)*)", owner)
    if comment:
        copyrights.append(" ".join(comment.group(1).split()))

    head = "This licence covers these modified versions (subsets):\n"
    head += "".join(f"  {f}\n" for f in fonts)
    head += f"made from the Debian package {package}.\n\n"
    head += "\n".join(copyrights) + "\n\n"
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
        file.write(head + body)


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    symbols = characters(SYMBOLS)
    gbk = decoded_by("gbk") | symbols | characters(RADICALS)
    gb2312 = decoded_by("gb2312") | symbols

    sources = []
    for kind in ("Serif", "Sans"):
        family = f"Noto {kind} SC"
        for style in ("Regular", "Bold"):
            path = f"{NOTO}Noto{kind}CJK-{style}.ttc"
            number = in_collection(path, f"Noto {kind} CJK SC")
            wanted = gbk if (kind, style) == ("Serif", "Regular") else gb2312
            name = f"Noto{kind}SC-{style}.otf"
            make(folder, name, path, family, style, wanted, number)
            sources.append((path, number))
    make(folder, "TabularyKai-Regular.ttf", KAI, "Tabulary Kai", "Regular", gb2312)
    make(folder, "NotoSansMono-Regular.ttf", MONO, "Noto Sans Mono", "Regular",
         characters(MONO_BLOCKS))

    make(folder, "TabularyMath-Regular.otf", STIX, "Tabulary Math", "Regular",
         characters(FORMULA_BLOCKS), features=FORMULA_FEATURES, scripts=LATIN_SCRIPTS)

    core = []

    def make_core(file, family, style, wanted, features=LATIN_FEATURES):
        make(folder, file, CORE + file, family, style, wanted,
             features=features, scripts=LATIN_SCRIPTS)
        core.append(file)

    latin = characters(LATIN_BLOCKS)
    for style in ("Regular", "Bold", "Italic", "Bold Italic"):
        make_core(f"NotoSerif-{style.replace(' ', '')}.ttf", "Noto Serif", style, latin)
    for style in ("Regular", "Bold"):
        make_core(f"NotoSans-{style}.ttf", "Noto Sans", style, latin)
    make_core("NotoSansSymbols2-Regular.ttf", "Noto Sans Symbols 2", "Regular",
              characters(SYMBOL_BLOCKS))
    make_core("NotoSansMath-Regular.ttf", "Noto Sans Math", "Regular",
              characters(MATH_BLOCKS))
    both = set.intersection(
        *(set(TTFont(os.path.join(folder, f), lazy=True).getBestCmap()) for f in core[-2:])
    )
    for style in ("Regular", "Bold"):
        make_core(f"NotoNaskhArabic-{style}.ttf", "Noto Naskh Arabic", style,
                  characters(ARABIC_BLOCKS), RTL_FEATURES)
        make_core(f"NotoSerifHebrew-{style}.ttf", "Noto Serif Hebrew", style,
                  characters(HEBREW_BLOCKS), RTL_FEATURES)
    assert both == {0x20}, f"in the symbol and the mathematical face: {sorted(both)}"

    licence(folder, "OFL-Noto-CJK.txt", "fonts-noto-cjk",
            [f"Noto{k}SC-{s}.otf" for k in ("Serif", "Sans") for s in ("Regular", "Bold")],
            sources)
    licence(folder, "OFL-LXGW-WenKai.txt", "fonts-lxgw-wenkai",
            ["TabularyKai-Regular.ttf"], [(KAI, -1)])
    licence(folder, "OFL-STIX.txt", "fonts-stix",
            ["TabularyMath-Regular.otf"], [(STIX, -1)])
    licence(folder, "OFL-Noto-Sans-Mono.txt", "fonts-noto-mono",
            ["NotoSansMono-Regular.ttf"], [(MONO, -1)])
    licence(folder, "OFL-Noto-Core.txt", "fonts-noto-core",
            core, [(CORE + file, -1) for file in core])


if __name__ == "__main__":
    main()
