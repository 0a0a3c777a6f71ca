namespace PyRelationAL.Datasets;

/// <summary>Features [N×D] in a form of their own, widened to float32 for the rows that are asked for.</summary>
internal abstract class FeatureRows
{
    /// <summary>The number of rows N.</summary>
    public abstract int Count { get; }

    /// <summary>The number of features D.</summary>
    public abstract int Width { get; }

    /// <summary>Writes the D features of one row.</summary>
    public abstract void Copy(int row, Span<float> destination);

    /// <summary>The given rows as a matrix.</summary>
    public virtual FeatureMatrix Select(ReadOnlySpan<int> rows)
    {
        var values = new float[checked(rows.Length * Width)];
        for (int i = 0; i < rows.Length; i++)
        {
            Copy(rows[i], values.AsSpan(i * Width, Width));
        }

        return new FeatureMatrix(values, rows.Length, Width);
    }
}
