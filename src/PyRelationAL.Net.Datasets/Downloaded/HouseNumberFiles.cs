using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Reads SVHN's MAT-files: X, bytes [32×32×3×N] with the first dimension fastest, and y, [N×1] with 10 for the digit 0.</summary>
internal static class HouseNumberFiles
{
    public const int Pixels = Channels * Side * Side;

    private const int Channels = 3;

    private const int Side = 32;

    private const int Zero = 10;

    /// <summary>Reads some files, one after the other.</summary>
    /// <exception cref="DatasetFormatException">A file holds other arrays, or a label is no digit.</exception>
    public static ImageDataset Read(DatasetInfo info, DatasetFiles files, IReadOnlyList<DatasetFile> parts)
    {
        var labels = new List<Label>();
        var pixels = new List<byte[]>();
        foreach (DatasetFile file in parts)
        {
            pixels.Add(files.Read(file, stream => Images(stream, file.Path)));
            NumericTable digits = files.Read(file, stream => MatFile.Read(stream, file.Path, "y"));
            int images = pixels[^1].Length / Pixels;
            if (digits.Rows != images || digits.Columns != 1)
            {
                throw new DatasetFormatException(Invariant($"there are {digits.Rows}×{digits.Columns} labels for {images} images."), file.Path);
            }

            for (int i = 0; i < images; i++)
            {
                double digit = digits[i, 0];
                labels.Add(digit is >= 1 and <= Zero && digit == (int)digit
                    ? Label.OfClass((int)digit % Zero)
                    : throw new DatasetFormatException(Invariant($"label {i} is {digit}; labels are 1 to 10."), file.Path));
            }
        }

        return new ImageDataset(info.Name, Joined(pixels), Channels, Side, Side, info.Task, labels);
    }

    private static byte[] Joined(List<byte[]> parts)
    {
        byte[] all = new byte[parts.Sum(part => part.Length)];
        int at = 0;
        foreach (byte[] part in parts)
        {
            part.CopyTo(all, at);
            at += part.Length;
        }

        return all;
    }

    private static byte[] Images(Stream stream, string file)
    {
        (byte[] bytes, int[] shape) = MatFile.ReadBytes(stream, file, "X");

        // MATLAB has no trailing dimension of 1: a single image is an array of three dimensions.
        if (shape.Length is < 3 or > 4 || !shape.AsSpan(0, 3).SequenceEqual([Side, Side, Channels]))
        {
            throw new DatasetFormatException(Invariant($"the array X is [{string.Join('×', shape)}] instead of [32×32×3×N]."), file);
        }

        byte[] pixels = new byte[bytes.Length];
        for (int plane = 0; plane < bytes.Length; plane += Side * Side)
        {
            for (int y = 0; y < Side; y++)
            {
                for (int x = 0; x < Side; x++)
                {
                    pixels[plane + (y * Side) + x] = bytes[plane + (x * Side) + y];
                }
            }
        }

        return pixels;
    }
}
