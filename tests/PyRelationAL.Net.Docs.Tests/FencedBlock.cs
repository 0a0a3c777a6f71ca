namespace PyRelationAL.Tests;

/// <summary>A fenced block of a document.</summary>
/// <param name="Document">The document, relative to the repository.</param>
/// <param name="Language">What stands behind the opening fence.</param>
/// <param name="FirstLine">The line, from 1, of the first line of text.</param>
/// <param name="Lines">The text.</param>
internal sealed record FencedBlock(string Document, string Language, int FirstLine, IReadOnlyList<string> Lines)
{
    private const string Fence = "```";

    public static IReadOnlyList<FencedBlock> Of(string document) => Parse(document, File.ReadAllLines(Repository.Absolute(document)));

    public static IReadOnlyList<FencedBlock> Parse(string document, IReadOnlyList<string> lines)
    {
        var blocks = new List<FencedBlock>();
        for (int i = 0; i < lines.Count; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            int end = i + 1;
            while (end < lines.Count && lines[end].TrimEnd() != Fence)
            {
                end++;
            }

            if (end == lines.Count)
            {
                throw new FormatException($"{document}({i + 1}): the fence is never closed.");
            }

            blocks.Add(new FencedBlock(document, lines[i][Fence.Length..].Trim(), i + 2, [.. lines.Skip(i + 1).Take(end - i - 1)]));
            i = end;
        }

        return blocks;
    }
}
