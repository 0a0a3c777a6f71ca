using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>What CIFAR-10 and CIFAR-100 share: a .tar.gz with binary files of records, each of one or two labels and 3×32×32 bytes.</summary>
/// <param name="file">The archive.</param>
/// <param name="members">Its files with records, in the order of the rows, and how many each has.</param>
/// <param name="labels">How many labels a record begins with.</param>
internal sealed class CifarArchive(DatasetFile file, IReadOnlyList<(string Path, int Records)> members, int labels)
{
    public const int Pixels = Channels * Side * Side;

    private const int Channels = 3;

    private const int Side = 32;

    /// <summary>Reads all records; class is the label at <paramref name="labelAt"/>.</summary>
    /// <exception cref="DatasetFormatException">The archive is damaged, or a label is no class.</exception>
    public ImageDataset Read(DatasetInfo info, DatasetFiles files, int labelAt = 0) =>
        files.Read(file, stream => Read(info, stream, labelAt));

    private ImageDataset Read(DatasetInfo info, Stream stream, int labelAt)
    {
        int rows = members.Sum(member => member.Records);
        byte[] pixels = new byte[rows * Pixels];
        var classes = new Label[rows];
        TarGzArchive.Read(stream, file.Path, [.. members.Select(member => member.Path)], (path, content) =>
        {
            int first = members.TakeWhile(member => member.Path != path).Sum(member => member.Records);
            int records = members.Single(member => member.Path == path).Records;
            var source = new BinarySource(content, Invariant($"{file.Path}, {path}"));
            Span<byte> head = stackalloc byte[labels];
            for (int row = first; row < first + records; row++)
            {
                source.Fill(head);
                classes[row] = head[labelAt] < info.Task.ClassCount
                    ? Label.OfClass(head[labelAt])
                    : throw source.Error(Invariant($"record {row - first} has label {head[labelAt]}; labels are 0 to {info.Task.ClassCount - 1}."));
                source.Fill(pixels.AsSpan(row * Pixels, Pixels));
            }

            source.RequireEnd();
        });
        return new ImageDataset(info.Name, pixels, Channels, Side, Side, info.Task, classes);
    }
}
