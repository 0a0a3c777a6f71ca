using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Downloaded;

/// <summary>SVHN's MAT-files, written element by element.</summary>
public sealed class HouseNumberTests
{
    private const int UnsignedByteClass = 9;

    [TestCase(true)]
    [TestCase(false)]
    public void PicturesAreTurnedAndTenIsTheDigitZero(bool packed)
    {
        byte[] content = File([32, 32, 3, 2], [10, 7], packed);
        ImageDataset images = Read(content, 2);
        Assert.That((images.GetLabel(0), images.GetLabel(1)), Is.EqualTo((Label.OfClass(0), Label.OfClass(7))));
        for (int n = 0; n < 2; n++)
        {
            byte[] picture = images.GetItem(n).ToArray();
            foreach ((int c, int y, int x) in new[] { (0, 0, 0), (0, 0, 1), (0, 1, 0), (1, 5, 30), (2, 31, 31), (2, 31, 0) })
            {
                Assert.That(picture[(((c * 32) + y) * 32) + x], Is.EqualTo(Pixel(y, x, c, n)), $"image {n}, channel {c}, row {y}, column {x}");
            }
        }
    }

    [Test]
    public void TheHashDecides()
    {
        byte[] content = File([32, 32, 3, 3], [1, 2, 3], packed: true);
        DatasetFile file = SmallDownload.File("x.mat", content);
        DatasetInfo info = SmallDownload.Info(3, 3072, 10, file);
        SmallDownload.RequireTheHashDecides(info, content, files => HouseNumberFiles.Read(info, files, [file]), data => data.WithOwnLabels());
    }

    [Test]
    public void OtherArraysAreErrorsThatSayWhatIsWrong()
    {
        RequireError(File([32, 32, 3, 2], [1], true), "1×1 labels for 2 images");
        RequireError(File([32, 32, 3, 1], [11], true), "label 0 is 11");
        RequireError(File([32, 32, 3, 1], [0], true), "label 0 is 0");
        RequireError(File([32, 3, 32, 1], [1], true), "instead of [32×32×3×N]");
        RequireError(File([32, 32, 3, 1], [1], true, name: "Z"), "no matrix 'X'");
        RequireError(File([32, 32, 3, 1], [1], true, matrixClass: 8), "class 8");
        byte[] whole = File([32, 32, 3, 1], [1], packed: true);
        for (int length = 0; length < whole.Length; length += 97)
        {
            Assert.That(() => Read(whole[..length], 1), Throws.InstanceOf<DatasetFormatException>(), $"{length} of {whole.Length} bytes");
        }
    }

    private static void RequireError(byte[] content, string message) =>
        Assert.That(() => Read(content, 1), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains(message));

    private static ImageDataset Read(byte[] content, int rows)
    {
        DatasetFile file = SmallDownload.File("x.mat", content);
        return HouseNumberFiles.Read(SmallDownload.Info(rows, 3072, 10, file), SmallDownload.Files(content), [file]);
    }

    private static byte Pixel(int y, int x, int c, int n) => (byte)((y * 7) + (x * 3) + (c * 50) + (n * 11));

    private static byte[] File(int[] shape, byte[] digits, bool packed, string name = "X", byte matrixClass = UnsignedByteClass)
    {
        // The first dimension, the row of the picture, is the fastest.
        byte[] pixels = new byte[shape.Aggregate((a, b) => a * b)];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = Pixel(i % 32, i / 32 % 32, i / 1024 % 3, i / 3072);
        }

        byte[] header = [.. Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file".PadRight(124)), 0, 1, (byte)'I', (byte)'M'];
        return [.. header, .. Matrix(name, shape, pixels, matrixClass, packed), .. Matrix("y", [digits.Length, 1], digits, UnsignedByteClass, packed)];
    }

    private static byte[] Matrix(string name, int[] shape, byte[] values, byte matrixClass, bool packed)
    {
        byte[] content =
        [
            .. Element(6, [matrixClass, 0, 0, 0, 0, 0, 0, 0]),
            .. Element(5, [.. shape.SelectMany(size => Integer(size))]),
            .. Element(1, Encoding.ASCII.GetBytes(name)),
            .. Element(2, values),
        ];
        byte[] matrix = Element(14, content);
        if (!packed)
        {
            return matrix;
        }

        var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(matrix);
        }

        // Compressed elements are not padded.
        return [.. Integer(15), .. Integer((int)stream.Length), .. stream.ToArray()];
    }

    private static byte[] Element(int type, byte[] data) => [.. Integer(type), .. Integer(data.Length), .. data, .. new byte[(8 - (data.Length % 8)) % 8]];

    private static byte[] Integer(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
