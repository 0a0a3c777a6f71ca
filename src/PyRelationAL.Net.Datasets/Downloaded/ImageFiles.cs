namespace PyRelationAL.Datasets;

/// <summary>What MNIST and Fashion-MNIST share: 60000 and 10000 images of 28×28 bytes in IDX files.</summary>
internal sealed class ImageFiles
{
    private const int TrainCount = 60000;

    private const int TestCount = 10000;

    private const int Side = 28;

    private readonly DatasetFile[] _images;
    private readonly DatasetFile[] _labels;

    /// <summary>The files of one dataset; hashes are those of the unpacked files.</summary>
    public ImageFiles(string folder, IReadOnlyList<string> addresses, string trainImages, string trainLabels, string testImages, string testLabels)
    {
        _images = [File("train-images-idx3-ubyte.gz", trainImages), File("t10k-images-idx3-ubyte.gz", testImages)];
        _labels = [File("train-labels-idx1-ubyte.gz", trainLabels), File("t10k-labels-idx1-ubyte.gz", testLabels)];

        DatasetFile File(string name, string sha256) => new()
        {
            Path = $"{folder}/{name}",
            Addresses = [.. addresses.Select(address => new Uri(address + name))],
            Sha256 = sha256,
            IsUnpackedSha256 = true,
        };
    }

    /// <summary>All rows of both parts.</summary>
    public static int Rows => TrainCount + TestCount;

    public static int Pixels => Side * Side;

    public IReadOnlyList<DatasetFile> All => [.. _images, .. _labels];

    /// <summary>Pixels from 0 to 1, then (pixel − mean) / deviation.</summary>
    public ImageDataset Read(DatasetInfo info, DatasetFiles files, float mean = 0, float deviation = 1)
    {
        int[] counts = [TrainCount, TestCount];
        byte[] all = new byte[Rows * Pixels];
        var labels = new Label[Rows];
        for (int part = 0, row = 0; part < counts.Length; row += counts[part++])
        {
            int count = counts[part];
            DatasetFile imageFile = _images[part], labelFile = _labels[part];
            byte[] pixels = files.Read(imageFile, stream => IdxFile.Read(stream, imageFile.Path, count, Side, Side));
            byte[] classes = files.Read(labelFile, stream => IdxFile.Read(stream, labelFile.Path, count));
            pixels.CopyTo(all, row * Pixels);
            int wrong = Array.FindIndex(classes, label => label >= info.Task.ClassCount);
            if (wrong >= 0)
            {
                throw new DatasetFormatException(FormattableString.Invariant($"label {wrong} is {classes[wrong]}; labels are 0 to 9."), labelFile.Path);
            }

            for (int i = 0; i < count; i++)
            {
                labels[row + i] = Label.OfClass(classes[i]);
            }
        }

        return new ImageDataset(info.Name, all, channels: 1, Side, Side, info.Task, labels, mean, deviation);
    }
}
