using System.Text;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>Posteriors as bytes, little-endian; how many numbers there are follows from the model that they belong to.</summary>
internal static class SavedNumbers
{
    public static void Write(Stream destination, Action<BinaryWriter> write)
    {
        using var writer = new BinaryWriter(destination, Encoding.UTF8, leaveOpen: true);
        write(writer);
    }

    public static T Read<T>(Stream source, Func<BinaryReader, T> read)
    {
        using var reader = new BinaryReader(source, Encoding.UTF8, leaveOpen: true);
        try
        {
            return read(reader);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The saved posterior is cut off.", e);
        }
    }

    public static void Write(BinaryWriter writer, params ReadOnlySpan<double[]> arrays)
    {
        foreach (double[] array in arrays)
        {
            foreach (double value in array)
            {
                writer.Write(value);
            }
        }
    }

    public static double[] Read(BinaryReader reader, int count)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = reader.ReadDouble();
            if (!double.IsFinite(values[i]))
            {
                throw new InvalidDataException(Guard.Text($"The saved posterior contains {values[i]}."));
            }
        }

        return values;
    }
}
