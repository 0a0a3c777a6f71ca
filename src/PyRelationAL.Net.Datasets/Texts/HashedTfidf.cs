using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>
/// Makes D numbers of a text without keeping a vocabulary: words and runs of words are hashed into D buckets and counted with signs, counts are weighted by how
/// rare a bucket is, and rows are scaled to length 1.
/// </summary>
/// <remarks>
/// A word is two or more letters, numbers or underscores in a row, in lower case (of the invariant culture). An n-gram is n consecutive words with a
/// blank between them, for n = 1 to <see cref="HashedTfidfOptions.LongestNgram"/>. With h its MurmurHash3 (32 bits, x86, seed 0, of UTF-8) as a signed number,
/// it adds 1 to bucket |h| mod D where h ≥ 0 and −1 otherwise. A sum c ≠ 0 becomes sign(c)·(1 + ln |c|)·(1 + ln((1 + N) / (1 + M))), where M of the N texts
/// that were fitted have this bucket at a sum other than 0; c = 0 stays 0. Rows are then divided by their Euclidean norm; a row of zeros stays as it is.
/// Buckets, signs, idf and norm are those of scikit-learn's <c>HashingVectorizer</c> and <c>TfidfTransformer</c>; the latter's logarithm is not defined for
/// negative counts. Cost: one hash an n-gram. Immutable, safe for concurrent use.
/// Source: K. Weinberger et al. (2009), Feature hashing for large scale multitask learning, ICML; K. Spärck Jones (1972), Journal of Documentation 28(1).
/// </remarks>
public sealed class HashedTfidf
{
    private readonly double[] _idf;

    private HashedTfidf(HashedTfidfOptions options, double[] idf)
    {
        Options = options;
        _idf = idf;
    }

    /// <summary>How it counts.</summary>
    public HashedTfidfOptions Options { get; }

    /// <summary>The weight of each bucket, 1 + ln((1 + N) / (1 + M)): from 1, where every text has it, to 1 + ln(1 + N).</summary>
    public IReadOnlyList<double> InverseDocumentFrequencies => _idf;

    /// <summary>Learns the weights of the buckets.</summary>
    /// <param name="texts">The texts to learn from: the training part, so that nothing leaks from the test set.</param>
    /// <param name="options">How to count; by default 1024 buckets, words and pairs of words.</param>
    /// <returns>What makes features of any text.</returns>
    /// <exception cref="ArgumentException">There are no texts.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is below 1.</exception>
    public static HashedTfidf Fit(IReadOnlyList<string> texts, HashedTfidfOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options ??= new HashedTfidfOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FeatureCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LongestNgram, 1);
        if (texts.Count == 0)
        {
            throw new ArgumentException("At least one text is needed to learn from.", nameof(texts));
        }

        var frequencies = new int[options.FeatureCount];
        ForEach(texts, options, (_, counts) =>
        {
            foreach (int bucket in counts.Buckets)
            {
                Interlocked.Increment(ref frequencies[bucket]);
            }
        });
        return new HashedTfidf(options, Array.ConvertAll(frequencies, d => 1 + Math.Log((1.0 + texts.Count) / (1.0 + d))));
    }

    /// <summary>The features of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">Exactly D elements; all are written.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void Transform(string text, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (destination.Length != Options.FeatureCount)
        {
            throw new ArgumentException(
                Invariant($"The destination has {destination.Length} elements; {Options.FeatureCount} are needed."), nameof(destination));
        }

        new SparseRows([Weighted(new NgramCounter(Options).Count(text))], Options.FeatureCount).Copy(0, destination);
    }

    /// <summary>The features of many texts.</summary>
    internal SparseRows RowsOf(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var rows = new (int[], float[])[texts.Count];
        ForEach(texts, Options, (i, counts) => rows[i] = Weighted(counts));
        return new SparseRows(rows, Options.FeatureCount);
    }

    // Every text has a place of its own in the result, or adds to whole numbers, so the division into threads does not show.
    private static void ForEach(IReadOnlyList<string> texts, HashedTfidfOptions options, Action<int, (int[] Buckets, int[] Counts)> take)
    {
        for (int i = 0; i < texts.Count; i++)
        {
            _ = texts[i] ?? throw new ArgumentException(Invariant($"Text {i} is null."), nameof(texts));
        }

        Parallel.For(
            0,
            texts.Count,
            () => new NgramCounter(options),
            (i, _, counter) =>
            {
                take(i, counter.Count(texts[i]));
                return counter;
            },
            _ => { });
    }

    private (int[] Columns, float[] Values) Weighted((int[] Buckets, int[] Counts) text)
    {
        double[] weights = [.. text.Counts.Select((c, k) => Math.Sign(c) * (1 + Math.Log(Math.Abs(c))) * _idf[text.Buckets[k]])];
        double norm = Math.Sqrt(weights.Sum(weight => weight * weight));
        return (text.Buckets, Array.ConvertAll(weights, weight => (float)(weight / norm)));
    }
}
