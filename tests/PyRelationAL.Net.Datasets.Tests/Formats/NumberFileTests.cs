using System.Buffers.Binary;
using System.Text;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Formats;

/// <summary>Files of numbers of which parts are read: NumPy's, as they lie on the disk, and texts whose columns nobody has described.</summary>
public sealed class NumberFileTests
{
    [TestCase("f4.npy")]
    [TestCase("f8.npy")]
    [TestCase("f8_version2.npy")]
    public void AnyPartOfAnArrayOnTheDiskIsRead(string name)
    {
        using NumberFile file = NumberFile.Open(Path(name), "x");
        Assert.That(file.Shape, Is.EqualTo(new[] { 4, 3 }));
        Assert.That(file, Is.InstanceOf<NpyFile>());
        double[] expected = [.. FormatFile.Table.SelectMany(row => row)];
        for (int start = 0; start <= 12; start++)
        {
            var doubles = new double[12 - start];
            var singles = new float[12 - start];
            file.Read(start, doubles);
            file.Read(start, singles);
            Assert.That(singles, Is.EqualTo(expected[start..].Select(value => (float)value)));
            Assert.That(doubles, Is.EqualTo(expected[start..].Select(value => name == "f4.npy" ? (float)value : value)));
        }
    }

    [Test]
    public void OnlySinglesAreMapped()
    {
        using NumberFile singles = NumberFile.Open(Path("f4.npy"), "x"), doubles = NumberFile.Open(Path("f8.npy"), "x");
        Assert.That(doubles.TryMap(0, 12), Is.Null);
        ReadOnlyMemory<float> mapped = singles.TryMap(3, 6)!.Value;
        Assert.That(mapped.ToArray(), Is.EqualTo(FormatFile.Table[1].Concat(FormatFile.Table[2]).Select(value => (float)value)));
        Assert.That(mapped.Slice(3).Span[0], Is.EqualTo(123456.789f));
    }

    [TestCase("<f4")]
    [TestCase("<f8")]
    public void ArraysLargerThanOneReadAreWhole(string type)
    {
        // Not a multiple of the numbers that are read at once.
        const int Count = 200_003;
        string path = System.IO.Path.Combine(Folder(), "large.npy");
        using (FileStream stream = File.Create(path))
        {
            stream.Write(Header($"{{'descr': '{type}', 'fortran_order': False, 'shape': ({Count},), }}"));
            var bytes = new byte[type == "<f4" ? 4 : 8];
            for (int i = 0; i < Count; i++)
            {
                if (type == "<f4")
                {
                    BinaryPrimitives.WriteSingleLittleEndian(bytes, i);
                }
                else
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(bytes, i);
                }

                stream.Write(bytes);
            }
        }

        using NumberFile file = NumberFile.Open(path, "x");
        var doubles = new double[Count - 1];
        var singles = new float[Count - 1];
        file.Read(1, doubles);
        file.Read(1, singles);
        Assert.That(doubles, Is.EqualTo(Enumerable.Range(1, Count - 1).Select(i => (double)i)));
        Assert.That(singles, Is.EqualTo(Enumerable.Range(1, Count - 1).Select(i => (float)i)));
    }

    [Test]
    public void WhatStaysOnTheDiskHasOneLayoutAndTheRightLength()
    {
        AssertRefused("Fortran order", Path("f8_fortran.npy"));
        AssertRefused("big-endian ('>f8'); save array.astype('<f8')", Path("f8_big_endian.npy"));
        AssertRefused("of type '<i8'", Path("i8.npy"));
        AssertRefused("of type '<c16'", Path("complex.npy"));
        AssertRefused("without dimensions", Written("scalar.npy", "{'descr': '<f8', 'fortran_order': False, 'shape': (), }", 8));
        AssertRefused("is cut off: 3×2 numbers take 48 bytes, and there are 47",
            Written("short.npy", "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }", 47));
        AssertRefused("more data", Written("long.npy", "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 13));
        AssertRefused("is cut off", Written(
            "huge.npy", "{'descr': '<f8', 'fortran_order': False, 'shape': (999999999, 999999999, 999999999), }", 8));

        static void AssertRefused(string message, string path) =>
            Assert.That(() => NumberFile.Open(path, "x"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains(message));
    }

    [Test]
    public void DamagedFilesGiveFormatErrorsAndNothingElse()
    {
        string path = System.IO.Path.Combine(Folder(), "damaged.npy");
        FormatFile.RequireNoSurprise(FormatFile.Bytes("f4.npy"), stream =>
        {
            using (FileStream file = File.Create(path))
            {
                stream.CopyTo(file);
            }

            using NumberFile opened = NumberFile.Open(path, "x");
            opened.Read(0, new double[opened.Shape.Aggregate(1, (product, size) => product * size)]);
            return opened;
        });
        FormatFile.RequireNoSurprise("a,b\n0.5,\"1e3\"\n2;3,4\n"u8.ToArray(), stream => NumberText.Read(stream, "damaged.csv"));
    }

    [Test]
    public void ArraysOfAnArchiveAreFoundByTheNameGivenOrExpectedOrBecauseThereIsNoOther()
    {
        Assert.That(NumberFile.ReadAll(Path("pair.npz"), "y").Shape, Is.EqualTo(new[] { 4, 1 }));
        Assert.That(NumberFile.ReadAll(Path("pair.npz") + ":x", "y").Shape, Is.EqualTo(new[] { 4, 2 }));
        Assert.That(() => NumberFile.ReadAll(Path("pair.npz"), "z"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("FILE.npz:NAME"));
        Assert.That(() => NumberFile.ReadAll(Path("missing.npz") + ":x", "x"), Throws.InstanceOf<FileNotFoundException>());
    }

    [Test]
    public void IntoMemoryArraysOfAnyTypeOrderAndDimensionAreRead()
    {
        Assert.That(NumberFile.ReadAll(Path("f8_fortran.npy"), "x").Values, Is.EqualTo(FormatFile.Table.SelectMany(row => row)));
        Assert.That(NumberFile.ReadAll(Path("i4_vector.npy"), "x").Values, Is.EqualTo(new double[] { 1, -2, 3 }));
        Assert.That(NumberFile.ReadAll(Path("cube.npy"), "x").Shape, Is.EqualTo(new[] { 2, 2, 2 }));
        string cube = Written("cube.npy", "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1, 1), }", 4);
        Assert.That(() => NumberFile.ReadAll(cube, "x"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("3 dimensions"));
    }

    [TestCase("1,2\n3,4\n")]
    [TestCase("1;2\r\n3;4\r\n")]
    [TestCase("1\t2\n\n3\t4")]
    [TestCase("  1   2\n3 4\n")]
    [TestCase("a,b\n1,2\n3,4\n")]
    [TestCase("\"V1\",\"V2\"\n\"1\",2\n3,\"4\"\n")]
    [TestCase("\uFEFF1, 2\n3, 4.0e0\n")]
    public void TextsOfNumbersAreRead(string text)
    {
        NumberArray array = Text(text);
        Assert.That(array.Shape, Is.EqualTo(new[] { 2, 2 }));
        Assert.That(array.Values, Is.EqualTo(new double[] { 1, 2, 3, 4 }));
        Assert.That(array.Names is null, Is.EqualTo(!text.Contains('a') && !text.Contains('V')));
    }

    [Test]
    public void OneColumnNeedsNoSeparator()
    {
        Assert.That(Text("7\n").Shape, Is.EqualTo(new[] { 1, 1 }));
        Assert.That(Text("index\n7\n8\n").Names, Is.EqualTo(new[] { "index" }));
        Assert.That(Text("0\n1\n").Values, Is.EqualTo(new double[] { 0, 1 }), "one 0 is no numbering of columns");
    }

    private static NumberArray Text(string text) => NumberText.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "text");

    private static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Golden", "Formats", name);

    private static string Folder() => Directory.CreateDirectory(
        System.IO.Path.Combine(TestContext.CurrentContext.WorkDirectory, "temporary", TestContext.CurrentContext.Test.ID)).FullName;

    private static string Written(string name, string header, int bytes)
    {
        string path = System.IO.Path.Combine(Folder(), name);
        File.WriteAllBytes(path, [.. Header(header), .. new byte[bytes]]);
        return path;
    }

    private static byte[] Header(string header) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)(header.Length + 1), 0, .. Encoding.ASCII.GetBytes(header), (byte)'\n'];
}
