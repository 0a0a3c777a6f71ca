using System.IO.Compression;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Formats;

/// <summary>NumPy, MATLAB, IDX and R: the tables that other programs wrote, and files that are no such tables.</summary>
public sealed class BinaryFormatTests
{
    private static readonly (string File, Func<Stream, object> Read)[] Readers =
    [
        ("f8.npy", stream => NpyArray.Read(stream, "f8.npy")),
        ("pair.npz", stream => NpzArchive.Read(stream, "pair.npz", "x")),
        ("plain.mat", stream => MatFile.Read(stream, "plain.mat", "features")),
        ("compressed.mat", stream => MatFile.Read(stream, "compressed.mat", "features")),
        ("images.idx", stream => IdxFile.Read(stream, "images.idx", 2, 3, 4)),
        ("images.idx.gz", stream => IdxFile.Read(stream, "images.idx.gz", 2, 3, 4)),
        ("frame.RData", stream => RDataFile.Read(stream, "frame.RData", "creditcard")),
        ("frame_version3.RData", stream => RDataFile.Read(stream, "frame_version3.RData", "creditcard")),
        ("table.xls", stream => Spreadsheet.Read(stream, "table.xls")),
        ("table.xlsx", stream => Spreadsheet.Read(stream, "table.xlsx")),
    ];

    private static IEnumerable<TestCaseData> AllReaders => Readers.Select(r => new TestCaseData(r.File, r.Read).SetArgDisplayNames(r.File));

    [TestCase("f8.npy")]
    [TestCase("f8_fortran.npy")]
    [TestCase("f8_big_endian.npy")]
    [TestCase("f8_version2.npy")]
    public void NumPyTablesAreRead(string file) => Assert.That(FormatFile.Rows(Npy(file)), Is.EqualTo(FormatFile.Table));

    [Test]
    public void NumPysOtherNumbersAreRead()
    {
        Assert.That(FormatFile.Rows(Npy("f4.npy"))[0], Is.EqualTo(new double[] { 0.1f, -2.5, 1 }));
        Assert.That(FormatFile.Rows(Npy("i8.npy")), Is.EqualTo(new[] { new[] { 1, -2, Math.Pow(2, 40) } }));
        Assert.That(FormatFile.Rows(Npy("i4_vector.npy")), Is.EqualTo(new[] { new double[] { 1 }, [-2], [3] }));
        Assert.That(FormatFile.Rows(Npy("u1_vector.npy")), Is.EqualTo(new[] { new double[] { 0 }, [7], [255] }));
        Assert.That(FormatFile.Rows(Npy("bool_vector.npy")), Is.EqualTo(new[] { new double[] { 1 }, [0] }));
    }

    [TestCase("complex.npy", "type '<c16'")]
    [TestCase("cube.npy", "3 dimensions")]
    [TestCase("nan.npy", "row 0, column 1: NaN")]
    [TestCase("images.idx", "no NumPy array")]
    public void OtherNumPyFilesAreRefused(string file, string message) =>
        Assert.That(() => Npy(file), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains(message).And.Message.StartsWith(file));

    [Test]
    public void ArraysOfAnArchiveAreReadByName()
    {
        using MemoryStream x = FormatFile.Open("pair.npz"), y = FormatFile.Open("pair.npz"), z = FormatFile.Open("pair.npz");
        NumericTable both = NpzArchive.Read(x, "pair.npz", "x").Beside(NpzArchive.Read(y, "pair.npz", "y"));
        Assert.That(FormatFile.Rows(both), Is.EqualTo(FormatFile.Table));
        Assert.That(
            () => NpzArchive.Read(z, "pair.npz", "z"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("there are x.npy, y.npy"));
    }

    [TestCase("plain.mat")]
    [TestCase("compressed.mat")]
    public void MatlabTablesAreReadByName(string file)
    {
        Assert.That(FormatFile.Rows(Mat(file, "features")), Is.EqualTo(FormatFile.Table));
        Assert.That(FormatFile.Rows(Mat(file, "other")), Is.EqualTo(new[] { new double[] { 1, 0 }, [0, 1] }));
        Assert.That(
            () => Mat(file, "labels"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("no matrix 'labels'; there are other, "));
    }

    [Test]
    public void MatlabsOtherNumbersAreRead()
    {
        Assert.That(FormatFile.Rows(Mat("integers.mat", "labels")), Is.EqualTo(new[] { new double[] { -1 }, [1], [1] }));
        Assert.That(FormatFile.Rows(Mat("singles.mat", "features"))[0], Is.EqualTo(new double[] { 0.1f, -2.5, 1 }));
    }

    [Test]
    public void ComplexMatricesTextsAndVersion73AreRefused()
    {
        Assert.That(() => Mat("complex.mat", "features"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("only full real matrices"));
        Assert.That(() => Mat("plain.mat", "text"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("class 4"));
        using var hdf5 = new MemoryStream([.. "MATLAB 7.3 MAT-file"u8, .. new byte[200]]);
        Assert.That(() => MatFile.Read(hdf5, "new.mat", "x"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("-v7"));
        Assert.That(() => Mat("images.idx", "x"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("cut off"));
    }

    [TestCase("images.idx")]
    [TestCase("images.idx.gz")]
    public void IdxFilesAreReadPackedOrNot(string file)
    {
        using MemoryStream stream = FormatFile.Open(file);
        Assert.That(IdxFile.Read(stream, file, 2, 3, 4), Is.EqualTo(Enumerable.Range(0, 24).Select(i => (byte)i)));
    }

    [Test]
    public void IdxFilesOfOtherSizesTypesOrLengthsAreRefused()
    {
        byte[] images = FormatFile.Bytes("images.idx");
        Assert.That(() => Idx(images, 2, 4, 3), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("2×3×4 instead of 2×4×3"));
        Assert.That(() => Idx(images, 24), Throws.InstanceOf<DatasetFormatException>());
        Assert.That(() => Idx(FormatFile.Bytes("floats.idx"), 1), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("00000D01"));
        Assert.That(() => Idx(images[..^1], 2, 3, 4), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("cut off"));
        Assert.That(() => Idx([.. images, 0], 2, 3, 4), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("more data"));
        Assert.That(() => Idx([], 2, 3, 4), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("cut off"));

        static byte[] Idx(byte[] bytes, params int[] shape) => IdxFile.Read(new MemoryStream(bytes), "images", shape);
    }

    [TestCase("frame.RData")]
    [TestCase("frame_version3.RData")]
    public void DataFramesOfRAreReadWithFactorsAsTheirLevels(string file) =>
        Assert.That(FormatFile.Rows(Frame(file, "creditcard")), Is.EqualTo(FormatFile.Table));

    [Test]
    public void OtherFilesAndVariablesOfRAreRefused()
    {
        Assert.That(() => Frame("frame.RData", "credit"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("there are note, creditcard"));
        Assert.That(() => Frame("frame.RData", "note"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("no data frame"));
        Assert.That(() => Frame("texts.RData", "creditcard"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("column 'a'"));
        Assert.That(() => Frame("bzip2.RData", "creditcard"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("packed with bzip2"));
        Assert.That(() => Frame("table.xls", "creditcard"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("no .RData file"));
    }

    [Test]
    public void AFileOfRThatHoldsTooFewRowsIsNotTheCreditCards()
    {
        string folder = Directory.CreateTempSubdirectory("credit").FullName;
        try
        {
            var cache = new DatasetCache(folder);
            string path = cache.PathOf(CreditCard.Source.Info.Files[0]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, FormatFile.Bytes("frame.RData"));
            CachedFile verified = cache.Verify(CreditCard.Source).Single();
            Assert.That(verified.State, Is.EqualTo(CachedFileState.Damaged));
            Assert.That(verified.Problem, Does.Contain("there are 3 columns; CreditCard needs 31"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestCaseSource(nameof(AllReaders))]
    public void DamagedFilesGiveFormatErrorsAndNothingElse(string file, Func<Stream, object> read) =>
        FormatFile.RequireNoSurprise(FormatFile.Bytes(file), read);

    [Test]
    public void DamagedDataInsideAPackedFileGiveFormatErrorsToo()
    {
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(FormatFile.Open("frame.RData"), CompressionMode.Decompress))
        {
            gzip.CopyTo(unpacked);
        }

        FormatFile.RequireNoSurprise(unpacked.ToArray(), stream => RDataFile.Read(stream, "frame.RData", "creditcard"));
    }

    private static NumericTable Npy(string file)
    {
        using MemoryStream stream = FormatFile.Open(file);
        return NpyArray.Read(stream, file);
    }

    private static NumericTable Mat(string file, string name)
    {
        using MemoryStream stream = FormatFile.Open(file);
        return MatFile.Read(stream, file, name);
    }

    private static NumericTable Frame(string file, string name)
    {
        using MemoryStream stream = FormatFile.Open(file);
        return RDataFile.Read(stream, file, name);
    }
}
