"""Writes small files in the formats of datasets' publishers into the folder Formats, for the tests of the parsers.

Run with numpy 1.24 and scipy 1.10 (Debian 12): python3 formats.py. The workbooks and the R files are written byte by byte, from Microsoft's [MS-XLS] and
[MS-CFB], ECMA-376 and R Internals (section 1.8). The table is always TABLE, unless the file's name says otherwise.
"""
import gzip
import io
import struct
import zipfile
from pathlib import Path

import numpy as np
import scipy.io

OUT = Path(__file__).parent / "Formats"
OUT.mkdir(exist_ok=True)
HEADER = ["first", "second", "target"]
TABLE = np.array([[0.1, -2.5, 1.0], [1e-30, 3.0, 0.0], [123456.789, 0.0, 1.0], [-7.0, 2.0, 0.0]])


def packed(data):
    return gzip.compress(data, mtime=0)


# NumPy.
def npy(name, array, version=(1, 0)):
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, array, version=version)
    (OUT / name).write_bytes(buffer.getvalue())


def npz(name, **arrays):
    with zipfile.ZipFile(OUT / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array)
            archive.writestr(zipfile.ZipInfo(key + ".npy"), buffer.getvalue())


npy("f8.npy", TABLE)
npy("f8_fortran.npy", np.asfortranarray(TABLE))
npy("f8_big_endian.npy", TABLE.astype(">f8"))
npy("f8_version2.npy", TABLE, (2, 0))
npy("f4.npy", TABLE.astype("<f4"))
npy("i8.npy", np.array([[1, -2, 2**40]]))
npy("i4_vector.npy", np.array([1, -2, 3], dtype="<i4"))
npy("u1_vector.npy", np.array([0, 7, 255], dtype="u1"))
npy("bool_vector.npy", np.array([True, False]))
npy("complex.npy", np.array([1j]))
npy("cube.npy", np.zeros((2, 2, 2)))
npy("nan.npy", np.array([[1.0, np.nan]]))
npz("pair.npz", x=TABLE[:, :2], y=TABLE[:, 2:])

# MATLAB.
def mat(name, variables, **options):
    buffer = io.BytesIO()
    scipy.io.savemat(buffer, variables, **options)
    text = b"MATLAB 5.0 MAT-file"  # without the date, so that the file is the same at each run
    (OUT / name).write_bytes(text.ljust(116) + buffer.getvalue()[116:])


mat("plain.mat", {"other": np.eye(2), "text": "skipped", "features": TABLE}, do_compression=False)
mat("compressed.mat", {"other": np.eye(2), "features": TABLE}, do_compression=True)
mat("integers.mat", {"labels": np.array([[-1], [1], [1]], dtype="i1")}, do_compression=True)
mat("singles.mat", {"features": TABLE.astype("f4")}, do_compression=False)
mat("complex.mat", {"features": np.array([[1j, 2]])})

# IDX.
images = np.arange(2 * 3 * 4, dtype="u1").reshape(2, 3, 4)
idx = struct.pack(">BBBBiii", 0, 0, 8, 3, 2, 3, 4) + images.tobytes()
(OUT / "images.idx").write_bytes(idx)
(OUT / "images.idx.gz").write_bytes(packed(idx))
(OUT / "floats.idx").write_bytes(struct.pack(">BBBBif", 0, 0, 0x0D, 1, 1, 1.0))


# R.
class R:
    def __init__(self, version=2):
        self.data = b"RDX%d\nX\n" % version + struct.pack(">iii", version, 0x00040203, 0x00020300)
        if version == 3:
            self.data += struct.pack(">i", 5) + b"UTF-8"
        self.symbols = []

    def flags(self, kind, attributes=False, tag=False, is_object=False):
        self.data += struct.pack(">i", kind | (is_object << 8) | (attributes << 9) | (tag << 10))

    def characters(self, text):
        self.data += struct.pack(">ii", 9 | (64 << 12), len(text)) + text.encode()

    def symbol(self, name):
        if name in self.symbols:
            self.data += struct.pack(">i", 255 | ((self.symbols.index(name) + 1) << 8))
        else:
            self.symbols.append(name)
            self.data += struct.pack(">i", 1)
            self.characters(name)

    def pairs(self, pairs):
        for name, write in pairs:
            self.flags(2, tag=True)
            self.symbol(name)
            write()
        self.data += struct.pack(">i", 254)

    def reals(self, values):
        self.flags(14)
        self.data += struct.pack(">i", len(values)) + struct.pack(">%dd" % len(values), *values)

    def integers(self, values, attributes=()):
        self.flags(13, attributes=bool(attributes), is_object=bool(attributes))
        self.data += struct.pack(">i", len(values)) + struct.pack(">%di" % len(values), *values)
        if attributes:
            self.pairs(attributes)

    def texts(self, values):
        self.flags(16)
        self.data += struct.pack(">i", len(values))
        for value in values:
            self.characters(value)

    def frame(self, names, columns, row_names):
        self.flags(19, attributes=True, is_object=True)
        self.data += struct.pack(">i", len(columns))
        for write in columns:
            write()
        self.pairs([("names", lambda: self.texts(names)), ("row.names", row_names), ("class", lambda: self.texts(["data.frame"]))])


def factor(r, labels):
    return lambda: r.integers([int(v) + 1 for v in labels], [("levels", lambda: r.texts(["0", "1"])), ("class", lambda: r.texts(["factor"]))])


def frame_file(version, row_names_as_text):
    r = R(version)
    columns = [lambda: r.reals(TABLE[:, 0]), lambda: r.reals(TABLE[:, 1]), factor(r, TABLE[:, 2])]
    count = len(TABLE)
    rows = (lambda: r.texts([str(i + 1) for i in range(count)])) if row_names_as_text else (lambda: r.integers([-(2**31), -count]))
    r.pairs([("note", lambda: r.texts(["not data"])), ("creditcard", lambda: r.frame(HEADER, columns, rows))])
    return r.data


(OUT / "frame.RData").write_bytes(packed(frame_file(2, True)))
(OUT / "frame_version3.RData").write_bytes(frame_file(3, False))
r = R()
r.pairs([("creditcard", lambda: r.frame(["a"], [lambda: r.texts(["x"])], lambda: r.integers([-(2**31), -1])))])
(OUT / "texts.RData").write_bytes(r.data)
(OUT / "bzip2.RData").write_bytes(b"BZh91AY&SY")

# Excel 2007 and later: the sheet declares more than it holds, as the publisher's own does.
SHEET = '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:E9"/><sheetData>'


def xlsx(name, header, rows):
    def cell(i, j, value):
        place = "ABCDE"[j] + str(i + 1)
        if isinstance(value, str):
            return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
        return f'<c r="{place}"/>' if value is None else f'<c r="{place}"><v>{value!r}</v></c>'

    lines = [list(header) + [None, None]] + [list(map(float, row)) + [None, None] if not isinstance(row, tuple) else list(row) for row in rows]
    lines += [[None] * 5] * 3
    sheet = SHEET + "".join(f'<row r="{i + 1}">' + "".join(cell(i, j, v) for j, v in enumerate(line)) + "</row>" for i, line in enumerate(lines))
    sheet += "</sheetData></worksheet>"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(OUT / name, "w", zipfile.ZIP_DEFLATED) as book:
        for path, text in {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
            f'ContentType="{types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="data" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet,
        }.items():
            book.writestr(zipfile.ZipInfo(path), text)


xlsx("table.xlsx", HEADER, TABLE)
xlsx("text_cell.xlsx", HEADER, [TABLE[0], (1.5, "many", 0.0, None, None)])
xlsx("hole.xlsx", HEADER, [TABLE[0], (1.5, None, 0.0, None, None), TABLE[1]])


# Excel 97 to 2003: a BIFF8 stream in a compound file of 512-byte sectors.
def record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def xls(name):
    begin = lambda kind: record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))
    codepage = record(0x0042, struct.pack("<H", 1252))
    sheet_name = b"data"
    bound = lambda offset: record(0x0085, struct.pack("<IHBB", offset, 0, len(sheet_name), 0) + sheet_name)
    end = record(0x000A, b"")
    globals_length = len(begin(5) + codepage + bound(0) + end)
    workbook = begin(5) + codepage + bound(globals_length) + end
    cells = b"".join(
        record(0x0204, struct.pack("<HHHHB", 0, j, 0, len(text), 0) + text.encode()) for j, text in enumerate(HEADER))
    for i, row in enumerate(TABLE):
        cells += b"".join(record(0x0203, struct.pack("<HHHd", i + 1, j, 0, value)) for j, value in enumerate(row))
    workbook += begin(0x10) + record(0x0200, struct.pack("<IIHHH", 0, len(TABLE) + 1, 0, 3, 0)) + cells + end
    workbook = workbook.ljust(4096, b"\0")  # shorter streams would need the small-sector table
    sectors = len(workbook) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE] + [2 + i + 1 for i in range(sectors - 1)] + [0xFFFFFFFE]
    fat = struct.pack("<128I", *(chain + [0xFFFFFFFF] * (128 - len(chain))))

    def entry(text, kind, child, start, size):
        encoded = text.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBBIII16sIQQIQ", encoded, len(encoded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, b"", 0, 0, 0, start, size)

    directory = (entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(workbook))).ljust(512, b"\0")
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", bytes.fromhex("D0CF11E0A1B11AE1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *([0] + [0xFFFFFFFF] * 108))
    (OUT / name).write_bytes(header + fat + directory + workbook)


xls("table.xls")
