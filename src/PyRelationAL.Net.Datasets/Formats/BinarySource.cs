using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Reads binary data from beginning to end; data that end too early are an error that says so.</summary>
internal sealed class BinarySource(Stream stream, string file)
{
    /// <summary>A cut-off file may announce any number of elements: memory is taken as they come.</summary>
    private const int Block = 1 << 16;

    /// <summary>Turns the bytes of one number into a number.</summary>
    public delegate double ReadNumber(ReadOnlySpan<byte> bytes);

    public DatasetFormatException Error(string problem, Exception? innerException = null) => new(problem, file, innerException: innerException);

    /// <summary>The next bytes.</summary>
    public byte[] Bytes(int count)
    {
        if (count <= Block)
        {
            byte[] bytes = new byte[count];
            Fill(bytes);
            return bytes;
        }

        var collected = new List<byte>();
        for (int left = count; left > 0; left -= Block)
        {
            collected.AddRange(Bytes(Math.Min(left, Block)));
        }

        return [.. collected];
    }

    /// <summary>Fills a span with the next bytes.</summary>
    public void Fill(Span<byte> bytes)
    {
        for (int done = 0; done < bytes.Length;)
        {
            int count;
            try
            {
                count = stream.Read(bytes[done..]);
            }
            catch (InvalidDataException e)
            {
                throw Error($"the compressed data are damaged ({e.Message.TrimEnd('.')}).", e);
            }
            catch (EndOfStreamException e)
            {
                throw Error("the file is cut off.", e);
            }

            done += count > 0 ? count : throw Error("the file is cut off.");
        }
    }

    /// <summary>The next numbers of <paramref name="size"/> bytes each.</summary>
    public double[] Numbers(long count, int size, ReadNumber read)
    {
        if (count is < 0 or > int.MaxValue / sizeof(double))
        {
            throw Error(Invariant($"the file announces {count} numbers; at most {int.MaxValue / sizeof(double)} are allowed."));
        }

        var values = new List<double>(Math.Min((int)count, Block));
        byte[] buffer = new byte[(int)Math.Min(count, Block / size) * size];
        while (values.Count < count)
        {
            Span<byte> bytes = buffer.AsSpan(0, (int)Math.Min(count - values.Count, Block / size) * size);
            Fill(bytes);
            for (int i = 0; i < bytes.Length; i += size)
            {
                values.Add(read(bytes.Slice(i, size)));
            }
        }

        return [.. values];
    }

    /// <summary>The next byte, or null at the end.</summary>
    public int? NextOrEnd() => Guarded(stream.ReadByte) is var next and >= 0 ? next : null;

    /// <summary>Refuses data behind the end.</summary>
    public void RequireEnd()
    {
        if (NextOrEnd() is not null)
        {
            throw Error("there is more data than the header says.");
        }
    }

    private int Guarded(Func<int> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw Error($"the compressed data are damaged ({e.Message.TrimEnd('.')}).", e);
        }
    }
}
