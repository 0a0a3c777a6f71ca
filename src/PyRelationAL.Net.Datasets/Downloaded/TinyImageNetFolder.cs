using System.Text;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Reads Tiny ImageNet's folder: wnids.txt, train/WNID/images/*.JPEG, val/images/*.JPEG and val/val_annotations.txt.</summary>
internal static class TinyImageNetFolder
{
    public const int Pixels = Channels * Side * Side;

    private const int Channels = 3;

    private const int Side = 64;

    private const string Ending = ".JPEG";

    /// <summary>Reads the train part, then the validation part.</summary>
    /// <exception cref="DatasetFormatException">The folder has other classes or images, or an image is decoded to another size.</exception>
    public static ImageDataset Read(DatasetInfo info, ImageFolder folder, ImageDecoder decode)
    {
        string[] classes = [.. Lines(folder, "wnids.txt").Order(StringComparer.Ordinal)];
        if (classes.Distinct(StringComparer.Ordinal).Count() != info.Task.ClassCount || classes.Length != info.Task.ClassCount)
        {
            throw folder.Error("wnids.txt", Invariant($"there are {classes.Length} classes instead of {info.Task.ClassCount} different ones."));
        }

        var images = new List<(string Path, int Class)>();
        for (int c = 0; c < classes.Length; c++)
        {
            images.AddRange(folder.Paths($"train/{classes[c]}/images/", Ending).Select(path => (path, c)));
        }

        images.AddRange(Validation(folder, classes));
        if (images.Count != info.Rows)
        {
            throw folder.Error("train and val", Invariant($"there are {images.Count} images; {info.Name} has {info.Rows}."));
        }

        byte[] pixels = new byte[images.Count * Pixels];
        for (int i = 0; i < images.Count; i++)
        {
            byte[] rgb = decode(folder.Read(images[i].Path)) ?? [];
            if (rgb.Length != Pixels)
            {
                throw folder.Error(images[i].Path, Invariant($"the decoder gave {rgb.Length} bytes; {Pixels} are needed, of 64×64×3."));
            }

            Span<byte> planes = pixels.AsSpan(i * Pixels, Pixels);
            for (int j = 0; j < Pixels; j++)
            {
                planes[(j % Channels * Side * Side) + (j / Channels)] = rgb[j];
            }
        }

        return new ImageDataset(
            info.Name, pixels, Channels, Side, Side, LearningTask.Classification(classes), [.. images.Select(image => Label.OfClass(image.Class))]);
    }

    private static IEnumerable<(string Path, int Class)> Validation(ImageFolder folder, string[] classes)
    {
        const string Annotations = "val/val_annotations.txt";
        foreach (string line in Lines(folder, Annotations))
        {
            string[] fields = line.Split('\t');
            int c = fields.Length < 2 ? -1 : Array.IndexOf(classes, fields[1]);
            yield return c >= 0
                ? ($"val/images/{fields[0]}", c)
                : throw folder.Error(Annotations, $"'{line}' is not the name of a file, a tab and a class of wnids.txt.");
        }
    }

    private static string[] Lines(ImageFolder folder, string path) => Encoding.UTF8.GetString(folder.Read(path))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
