"""How wide text is in Roboto, the typeface of the pictures and papers of the matrix.

Advance widths in hundredths of the size of the letters, rounded up, from the typeface's own table.
"""

from typing import Final

__all__ = ["wide", "wrapped"]

REGULAR: Final = {
    18: "'",
    20: ",‚",
    21: "’‘",
    22: ";",
    24: "j",
    25: " :il|",
    26: "!",
    27: ".[]·",
    28: "-I",
    31: "`",
    33: '"t',
    34: "r{}",
    35: "()f„",
    36: "“”",
    38: "°",
    42: "/\\^",
    44: "*",
    46: "_",
    48: "?y",
    49: "v",
    50: "xz",
    51: "<k",
    52: "s",
    53: ">cç",
    54: "Leéèê×",
    55: "=aäáàâ",
    56: "FJhnuüñ",
    57: "$+0123456789Ebdgpq€",
    58: "oöô",
    60: "STZß",
    61: "Y",
    62: "#R§",
    63: "&BKX",
    64: "PV",
    65: "UÜ",
    66: "ACDÄ–",
    67: "…",
    69: "GOQ~Ö",
    72: "HN",
    74: "%",
    76: "w",
    78: "½",
    79: "—",
    88: "Mm",
    89: "W",
    90: "@",
}
BOLD: Final = {
    17: "'",
    23: "’",
    24: "‘",
    25: " ,‚",
    26: "|",
    27: ";ijl",
    28: "![]",
    29: ":",
    30: ".I",
    31: "·",
    33: '"',
    34: "`t{}",
    36: "()f",
    37: "r",
    38: "/",
    39: "-°",
    41: "„“”",
    43: "\\",
    44: "^",
    45: "_",
    46: "*",
    50: "?",
    51: "<vxyz",
    52: ">s",
    53: "cç",
    54: "akäáàâ×",
    55: "+FLeéèê",
    56: "J",
    57: "Ebdhnopquöüôñ",
    58: "$0123456789=g€",
    60: "#",
    61: "Z",
    62: "STY",
    63: "§",
    64: "BKRXß–",
    65: "P~",
    66: "&CDUVÜ",
    68: "AÄ",
    69: "G",
    70: "OQÖ",
    71: "HN",
    74: "%w…",
    77: "—½",
    87: "m",
    88: "MW",
    90: "@",
}

UNKNOWN: Final = 70
SOFT_HYPHEN: Final = "\N{SOFT HYPHEN}"
WIDTHS: Final = {
    bold: {letter: width for width, letters in table.items() for letter in letters}
    for bold, table in ((False, REGULAR), (True, BOLD))
}


def wide(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text in Roboto, in the unit of its size."""
    table = WIDTHS[bold]
    units = sum(table.get(letter, UNKNOWN) for letter in text if letter != SOFT_HYPHEN)
    return units * size / 100


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines of a width: at spaces, at soft hyphens, at last inside a word."""
    lines = [""]
    for word in text.split():
        for number, part in enumerate(word.split(SOFT_HYPHEN)):
            last = number == word.count(SOFT_HYPHEN)
            before = " " if number == 0 and lines[-1] else ""
            hyphen = "" if last else "-"
            if wide(lines[-1] + before + part + hyphen, size, bold=bold) <= width:
                lines[-1] += before + part
                continue
            if number and lines[-1]:
                lines[-1] += "-"
            if lines[-1]:
                lines.append("")
            lines[-1:] = broken(part, width, size, bold=bold)
    return lines


def broken(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """Break a word that is wider than a line."""
    lines = [""]
    for letter in word:
        if lines[-1] and wide(lines[-1] + letter, size, bold=bold) > width:
            lines.append("")
        lines[-1] += letter
    return lines
