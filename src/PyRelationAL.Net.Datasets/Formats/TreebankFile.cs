using System.Text;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>
/// Reads trees of the Stanford Sentiment Treebank in the form of the Penn Treebank: one a line, <c>(3 (2 It) (4 works))</c>, with the class of each phrase.
/// </summary>
internal static class TreebankFile
{
    /// <summary>Reads the sentences with their classes, those of the roots: the words of the leaves with blanks between them.</summary>
    /// <param name="stream">The file, in UTF-8.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="classes">C; classes are 0 to C − 1.</param>
    /// <exception cref="DatasetFormatException">A line is no tree, or of another class, or there are none.</exception>
    public static LabelledTexts Read(Stream stream, string file, int classes)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
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

            (int root, string sentence) = Tree(line) ?? throw new DatasetFormatException("the line is no tree such as (3 (2 It) (4 works)).", file, number);
            labels.Add(root < classes
                ? Label.OfClass(root)
                : throw new DatasetFormatException(Invariant($"the class is {root}; classes are 0 to {classes - 1}."), file, number));
            texts.Add(sentence);
        }

        return texts.Count > 0 ? new LabelledTexts(texts, labels) : throw new DatasetFormatException("there are no sentences.", file);
    }

    /// <summary>The class of the root and the leaves; null where brackets do not close or stand elsewhere.</summary>
    private static (int Root, string Sentence)? Tree(string line)
    {
        string[] parts = line.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 4 || parts[0] != "(" || parts[1] is not [>= '0' and <= '9'])
        {
            return null;
        }

        var words = new List<string>();
        int depth = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            bool isFirst = i > 0 && parts[i - 1] == "(";
            switch (parts[i])
            {
                case "(" when !isFirst:
                    depth++;
                    break;
                case ")" when depth > 0 && !isFirst:
                    depth--;
                    break;
                case "(" or ")":
                    return null;
                default:
                    if (!isFirst)
                    {
                        words.Add(parts[i] switch { "-LRB-" => "(", "-RRB-" => ")", string word => word });
                    }
                    else if (parts[i] is not [>= '0' and <= '9'])
                    {
                        return null;
                    }

                    break;
            }

            if (depth == 0 && i < parts.Length - 1)
            {
                return null;
            }
        }

        return depth == 0 && words.Count > 0 ? (parts[1][0] - '0', string.Join(' ', words)) : null;
    }
}
