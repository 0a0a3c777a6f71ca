using System.Security.Cryptography;
using System.Text;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Downloads;

/// <summary>A dataset of two rows, one feature and a value, in a text file.</summary>
internal static class ToyDataset
{
    public static readonly byte[] Content = Encoding.UTF8.GetBytes("1 10\n2 20\n");

    public static readonly DatasetFile File = new()
    {
        Path = "Toy/toy.txt",
        Addresses = [new("https://publisher.test/toy.txt")],
        Sha256 = Hash(Content),
    };

    public static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static DownloadedDataset Of(params DatasetFile[] files)
    {
        var info = new DatasetInfo
        {
            Name = "Toy",
            Task = LearningTask.Regression,
            Rows = 2,
            Features = 1,
            Licence = "none",
            Citation = "none",
            Origin = "this test",
            Files = files,
        };
        return new DownloadedTable(
            info, open => open.Read(files[0], stream => TextTable.Read(stream, files[0].Path, 2, TextTable.Blanks)), TableLayout.TargetLast(1)).Plain;
    }
}
