using System.Text;

namespace PyRelationAL.Datasets;

/// <summary>Reads the question files of X. Li and D. Roth (2002): a line <c>CLASS:subclass question</c> each, in ISO 8859-1.</summary>
internal static class QuestionFile
{
    /// <summary>Reads all questions.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="classes">What stands before the colon, class by class.</param>
    /// <exception cref="DatasetFormatException">A line is of another form or class, or there are none.</exception>
    public static LabelledTexts Read(Stream stream, string file, IReadOnlyList<string> classes)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var texts = new List<string>();
        var labels = new List<Label>();
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            int colon = line.IndexOf(':'), blank = line.IndexOf(' ');
            int c = colon < 0 ? -1 : classes.ToList().IndexOf(line[..colon]);
            if (c < 0 || blank < colon || string.IsNullOrWhiteSpace(line[blank..]))
            {
                throw new DatasetFormatException(
                    $"the line is not 'CLASS:subclass question' with one of the classes {string.Join(", ", classes)}.", file, number);
            }

            texts.Add(line[(blank + 1)..]);
            labels.Add(Label.OfClass(c));
        }

        return texts.Count > 0 ? new LabelledTexts(texts, labels) : throw new DatasetFormatException("there are no questions.", file);
    }
}
