using System.Globalization;
using Microsoft.Data.Analysis;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.DataFrames;

/// <summary>A column of a data frame as numbers or as text.</summary>
internal sealed class FrameColumn(DataFrameColumn column)
{
    public string Name => column.Name;

    public int Count { get; } = checked((int)column.Length);

    public bool IsText => column.DataType == typeof(string) || column.DataType == typeof(char);

    public bool IsBoolean => column.DataType == typeof(bool);

    public bool IsNumeric => column.DataType.IsPrimitive ? !IsBoolean && column.DataType != typeof(char) : column.DataType == typeof(decimal);

    /// <summary>Refuses types that are neither numbers nor Booleans nor text.</summary>
    public void Readable(string what)
    {
        if (!IsText && !IsBoolean && !IsNumeric)
        {
            throw new ArgumentException(
                $"Column '{Name}' holds {column.DataType.Name}, which cannot be a {what}: make numbers or text of it, or leave it out (IgnoredColumns).",
                "frame");
        }
    }

    /// <summary>Whether a row has no value: null, or a NaN.</summary>
    public bool IsMissing(int row) => column[row] is null or double.NaN or float.NaN;

    /// <summary>The number in a row that has one; false is 0, true is 1.</summary>
    public double Number(int row) => Convert.ToDouble(column[row], CultureInfo.InvariantCulture);

    /// <summary>The same rounded to float32, in one step: by way of float64 some decimals would end on the other neighbour.</summary>
    public float Single(int row) => column[row] is float value ? value : (float)Number(row);

    /// <summary>The text of a row that has a value; numbers in the shortest form that reads back as the same number.</summary>
    public string Text(int row) => Convert.ToString(column[row], CultureInfo.InvariantCulture)!;

    /// <summary>The rows that have a value.</summary>
    public int[] Present() => [.. Enumerable.Range(0, Count).Where(row => !IsMissing(row))];

    public ArgumentException Error(string problem, int row) => new(Guard.Text($"Row {row}, column '{Name}': {problem}"), "frame");
}
