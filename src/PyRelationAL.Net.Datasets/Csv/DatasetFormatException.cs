using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>A data file does not hold what it should: where, and what is allowed there.</summary>
public sealed class DatasetFormatException : PyRelationALException
{
    /// <summary>Creates the exception; the message begins with the place.</summary>
    /// <param name="problem">What is wrong and what is allowed.</param>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, from 1; null where the whole file is meant.</param>
    /// <param name="column">The column's name; null where the whole line is meant.</param>
    /// <param name="innerException">What caused it.</param>
    public DatasetFormatException(string problem, string file, int? line = null, string? column = null, Exception? innerException = null)
        : base(Place(file, line, column) + problem, innerException)
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line, from 1, at which the row begins; null where the whole file is meant.</summary>
    public int? Line { get; }

    /// <summary>The column's name; null where the whole line is meant.</summary>
    public string? Column { get; }

    private static string Place(string file, int? line, string? column)
    {
        string atLine = line is null ? string.Empty : Invariant($", line {line}");
        string inColumn = column is null ? string.Empty : Invariant($", column '{column}'");
        return $"{file}{atLine}{inColumn}: ";
    }
}
