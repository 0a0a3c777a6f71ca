namespace PyRelationAL.Experiments;

/// <summary>A file of results does not hold what it should.</summary>
public sealed class ResultFormatException : PyRelationALException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, from 1; null where the whole file is meant.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public ResultFormatException(string file, int? line, string problem, Exception? innerException = null)
        : base(line is null ? $"{file}: {problem}" : FormattableString.Invariant($"{file}, line {line}: {problem}"), innerException)
    {
        File = file;
        Line = line;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line, from 1; null where the whole file is meant.</summary>
    public int? Line { get; }
}
