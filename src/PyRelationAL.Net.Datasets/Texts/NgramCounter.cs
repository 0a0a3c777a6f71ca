using System.Globalization;
using System.Text;

namespace PyRelationAL.Datasets;

/// <summary>Counts the words of a text, and runs of them, in signed buckets. Holds the memory that this needs; for one thread.</summary>
internal sealed class NgramCounter(HashedTfidfOptions options)
{
    private const int ShortestWord = 2;

    private readonly int[] _counts = new int[options.FeatureCount];
    private readonly bool[] _isTouched = new bool[options.FeatureCount];
    private readonly List<int> _touched = [];
    private readonly List<(int Start, int End)> _words = [];
    private byte[] _text = new byte[256];

    /// <summary>The buckets that are not zero, in ascending order, with their counts.</summary>
    public (int[] Buckets, int[] Counts) Count(string text)
    {
        FindWords(text);
        for (int n = 1; n <= options.LongestNgram; n++)
        {
            for (int first = 0; first + n <= _words.Count; first++)
            {
                Add(_text.AsSpan(_words[first].Start.._words[first + n - 1].End));
            }
        }

        _touched.Sort();
        int[] buckets = [.. _touched.Where(bucket => _counts[bucket] != 0)];
        int[] counts = Array.ConvertAll(buckets, bucket => _counts[bucket]);
        foreach (int bucket in _touched)
        {
            _counts[bucket] = 0;
            _isTouched[bucket] = false;
        }

        _touched.Clear();
        return (buckets, counts);
    }

    // Python's \w: letters, numbers and the underscore.
    private static bool IsOfWord(Rune rune) => rune.Value == '_' || Rune.GetUnicodeCategory(rune)
        is <= UnicodeCategory.OtherLetter
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private void Add(ReadOnlySpan<byte> ngram)
    {
        int hash = MurmurHash3.Hash(ngram);
        int bucket = (int)(Math.Abs((long)hash) % options.FeatureCount);
        _counts[bucket] += hash >= 0 ? 1 : -1;
        if (!_isTouched[bucket])
        {
            _isTouched[bucket] = true;
            _touched.Add(bucket);
        }
    }

    /// <summary>Writes the words in lower case as UTF-8 with one blank between them, so that a run of words is a run of bytes.</summary>
    private void FindWords(string text)
    {
        _words.Clear();
        int most = (Encoding.UTF8.GetMaxByteCount(text.Length) * 2) + 1;
        if (_text.Length < most)
        {
            _text = new byte[most];
        }

        int end = 0, start = 0, length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsOfWord(rune))
            {
                end += Rune.ToLowerInvariant(rune).EncodeToUtf8(_text.AsSpan(end));
                length++;
            }
            else
            {
                Finish();
            }
        }

        Finish();

        void Finish()
        {
            if (length >= ShortestWord)
            {
                _words.Add((start, end));
                _text[end++] = (byte)' ';
            }
            else
            {
                end = start;
            }

            start = end;
            length = 0;
        }
    }
}
