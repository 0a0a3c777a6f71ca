using System.CommandLine;
using System.Numerics.Tensors;
using PyRelationAL.Datasets;
using static System.FormattableString;

namespace PyRelationAL.Cli.Select;

/// <summary>A file with something about each of N rows: [N×C], or [S×N×C] under S samples; a vector has one column.</summary>
internal sealed class RowFile : IDisposable
{
    private readonly NumberFile _file;

    private RowFile(string option, NumberFile file, int samples, int rows, int columns)
    {
        Option = option;
        _file = file;
        Samples = samples;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>The option that named the file.</summary>
    public string Option { get; }

    public string Name => _file.File;

    public int Samples { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Opens the file that an option names; null where it names none.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="option">The option.</param>
    /// <param name="shape">The letters of the shape: N, NC, SN or SNC.</param>
    public static RowFile? Open(ParseResult parsed, Option<string?> option, string shape)
    {
        if (parsed.GetValue(option) is not { } path)
        {
            return null;
        }

        NumberFile file = NumberFile.Open(path, option.Name.TrimStart('-'));
        try
        {
            return Of(option.Name, file, shape);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Some rows [S×rows×C], checked.</summary>
    public double[] Read(ReadOnlySpan<int> rows)
    {
        var values = new double[Size(rows.Length, Samples)];
        for (int at = 0, end; at < rows.Length; at = end)
        {
            end = EndOfRun(rows, at);
            for (int s = 0; s < Samples; s++)
            {
                _file.Read((((long)s * Rows) + rows[at]) * Columns, values.AsSpan(((s * rows.Length) + at) * Columns, (end - at) * Columns));
            }
        }

        if (!TensorPrimitives.IsFiniteAll<double>(values))
        {
            int wrong = Array.FindIndex(values, value => !double.IsFinite(value));
            throw _file.NotFinite(values[wrong], rows[wrong / Columns % rows.Length], wrong % Columns);
        }

        return values;
    }

    /// <summary>Some rows as float32, checked: the mapped file itself where they lie side by side in it, so that nothing is copied.</summary>
    public FeatureMatrix ReadFeatures(ReadOnlySpan<int> rows)
    {
        int size = Size(rows.Length, 1);
        bool isOneRun = rows.Length > 0 && EndOfRun(rows, 0) == rows.Length;
        ReadOnlyMemory<float> values = (isOneRun ? _file.TryMap((long)rows[0] * Columns, size) : null) ?? ReadSingles(rows, size);
        try
        {
            return new FeatureMatrix(values, rows.Length, Columns);
        }
        catch (ArgumentException)
        {
            ReadOnlySpan<float> span = values.Span;
            for (int i = 0; i < span.Length; i++)
            {
                if (!float.IsFinite(span[i]))
                {
                    throw _file.NotFinite(span[i], rows[i / Columns], i % Columns);
                }
            }

            throw;
        }
    }

    public DatasetFormatException Error(string problem) => _file.Error(problem);

    public void Dispose() => _file.Dispose();

    private static RowFile Of(string option, NumberFile file, string shape)
    {
        int[] sizes = shape.EndsWith('C') || file.Shape.Count != shape.Length + 1 || file.Shape[^1] != 1 ? [.. file.Shape] : [.. file.Shape.SkipLast(1)];
        string expected = string.Join('×', shape.ToCharArray());
        if (sizes.Length != shape.Length)
        {
            string remedy = shape == "SNC" && file is NumberArray { Shape.Count: 2 } ? " Give an .npy or .npz file." : string.Empty;
            throw file.Error($"the array is [{string.Join('×', sizes)}]; {option} takes [{expected}].{remedy}");
        }

        if (sizes.Contains(0))
        {
            throw file.Error($"the array is [{string.Join('×', sizes)}], which is empty.");
        }

        int samples = shape.StartsWith('S') ? sizes[0] : 1, columns = shape.EndsWith('C') ? sizes[^1] : 1;
        return new RowFile(option, file, samples, sizes[shape.IndexOf('N', StringComparison.Ordinal)], columns);
    }

    /// <summary>Where the rows that lie side by side in the file end; these are read at once.</summary>
    private static int EndOfRun(ReadOnlySpan<int> rows, int start)
    {
        int end = start + 1;
        while (end < rows.Length && rows[end] == rows[end - 1] + 1)
        {
            end++;
        }

        return end;
    }

    private float[] ReadSingles(ReadOnlySpan<int> rows, int size)
    {
        float[] values = GC.AllocateUninitializedArray<float>(size);
        for (int at = 0, end; at < rows.Length; at = end)
        {
            end = EndOfRun(rows, at);
            _file.Read((long)rows[at] * Columns, values.AsSpan(at * Columns, (end - at) * Columns));
        }

        return values;
    }

    private int Size(int rows, int samples) => (Int128)rows * samples * Columns is var size && size <= Array.MaxLength
        ? (int)size
        : throw Error(Invariant(
            $"{rows} rows of {(long)samples * Columns} numbers are more than the {Array.MaxLength} that can be held; give fewer rows in --pool."));
}
