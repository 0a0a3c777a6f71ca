using System.Buffers.Binary;
using System.Text;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Reads R's serialisation in XDR, as far as data frames need it (R Core Team, R Internals, section 1.8).</summary>
internal sealed class RReader(BinarySource source)
{
    private const int HasAttributes = 0x200;

    private const int HasTag = 0x400;

    /// <summary>Deeper than any data frame; a damaged file could nest until the stack ends.</summary>
    private const int MostDepth = 32;

    private readonly List<string> _symbols = [];

    private enum Kind
    {
        Symbol = 1,
        Pairs = 2,
        Characters = 9,
        Logical = 10,
        Integer = 13,
        Real = 14,
        Text = 16,
        List = 19,
        AttributePairs = 239,
        Null = 254,
        Reference = 255,
    }

    /// <summary>Reads what precedes the first value: versions and, in version 3, the encoding.</summary>
    public void ReadHeader()
    {
        int version = Integer();
        source.Bytes(2 * sizeof(int));
        if (version is not (2 or 3))
        {
            throw source.Error(Invariant($"version {version} of R's serialisation is not read; 2 and 3 are."));
        }

        if (version == 3)
        {
            source.Bytes(Length());
        }
    }

    /// <summary>Reads a list of named values: the variables of a file, or the attributes of a value.</summary>
    public List<(string Name, RValue Value)> ReadPairs() => ReadPairs(Integer(), 0);

    private List<(string Name, RValue Value)> ReadPairs(int flags, int depth)
    {
        var pairs = new List<(string Name, RValue Value)>();
        while ((Kind)(flags & 0xff) is var kind && kind != Kind.Null)
        {
            if (kind is not (Kind.Pairs or Kind.AttributePairs))
            {
                throw source.Error(Invariant($"a value of type {flags & 0xff} stands where a list of variables should."));
            }

            if ((flags & HasAttributes) != 0)
            {
                ReadPairs(Integer(), depth + 1);
            }

            string name = (flags & HasTag) != 0 ? ReadSymbol() : string.Empty;
            pairs.Add((name, ReadValue(depth + 1)));
            flags = Integer();
        }

        return pairs;
    }

    private RValue ReadValue(int depth)
    {
        if (depth > MostDepth)
        {
            throw source.Error(Invariant($"values are nested more than {MostDepth} deep."));
        }

        int flags = Integer();
        object? data;
        switch ((Kind)(flags & 0xff))
        {
            case Kind.Null:
                return RValue.Nothing;
            case Kind.Symbol or Kind.Reference:
                ReadSymbol(flags);
                return RValue.Nothing;
            case Kind.Pairs or Kind.AttributePairs:
                ReadPairs(flags, depth);
                return RValue.Nothing;
            case Kind.Logical or Kind.Integer:
                data = Array.ConvertAll(source.Numbers(Length(), sizeof(int), bytes => BinaryPrimitives.ReadInt32BigEndian(bytes)), value => (int)value);
                break;
            case Kind.Real:
                data = source.Numbers(Length(), sizeof(double), BinaryPrimitives.ReadDoubleBigEndian);
                break;
            case Kind.Text:
                data = Sequence(() => ReadCharacters(Integer()));
                break;
            case Kind.List:
                data = Sequence(() => ReadValue(depth + 1));
                break;
            default:
                throw source.Error(Invariant($"values of R's type {flags & 0xff} are not read; save a plain data frame with version = 2."));
        }

        return new RValue(data, (flags & HasAttributes) != 0 ? ReadPairs(Integer(), depth + 1) : []);
    }

    // The length of a damaged file may be anything: memory is taken as values come.
    private T[] Sequence<T>(Func<T> read)
    {
        int count = Length();
        var items = new List<T>();
        while (items.Count < count)
        {
            items.Add(read());
        }

        return [.. items];
    }

    private string ReadSymbol() => ReadSymbol(Integer());

    private string ReadSymbol(int flags)
    {
        switch ((Kind)(flags & 0xff))
        {
            case Kind.Symbol:
                string name = ReadCharacters(Integer());
                _symbols.Add(name);
                return name;
            case Kind.Reference:
                int index = flags >> 8 is var packed and not 0 ? packed : Integer();
                return index >= 1 && index <= _symbols.Count ? _symbols[index - 1] : throw source.Error("a reference leads nowhere.");
            default:
                throw source.Error(Invariant($"a value of type {flags & 0xff} stands where a name should."));
        }
    }

    private string ReadCharacters(int flags)
    {
        if ((Kind)(flags & 0xff) != Kind.Characters)
        {
            throw source.Error(Invariant($"a value of type {flags & 0xff} stands where a text should."));
        }

        // −1 is R's missing text.
        int length = Integer();
        return length < 0 ? string.Empty : Encoding.UTF8.GetString(source.Bytes(length));
    }

    private int Integer() => BinaryPrimitives.ReadInt32BigEndian(source.Bytes(sizeof(int)));

    private int Length()
    {
        int length = Integer();
        return length >= 0 ? length : throw source.Error(Invariant($"a value has length {length}."));
    }
}
