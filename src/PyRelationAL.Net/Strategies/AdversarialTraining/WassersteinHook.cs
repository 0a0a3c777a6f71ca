using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Trains features against a critic: in each step of the model the critic learns to tell candidates from labelled items by their features, held fixed, and the
/// features then learn to be alike for it, held fixed.
/// </summary>
internal sealed class WassersteinHook(WAALOptions options) : IEmbeddingHook
{
    private RandomStream _random = new(0);
    private RandomStream _batches = new(0);
    private RandomStream _mixtures = new(0);
    private int[] _order = [];
    private int _next;
    private WassersteinCritic? _learning;
    private WassersteinCritic? _best;

    /// <summary>The critic of the model that the last training ended with; null where it saw no candidates.</summary>
    public WassersteinCritic? Critic => _best ?? _learning;

    public DatasetView? Unlabelled { get; set; }

    public AuxiliaryHead? AuxiliaryHead => null;

    public bool NeedsEpochOutputs => false;

    /// <summary>The rows as the critic takes them: divided by √D, so that a row of activations near 1 is about 1 long, whatever its width.</summary>
    public static double[] Scaled(ReadOnlySpan<float> rows, int width)
    {
        double scale = 1 / Math.Sqrt(width);
        var scaled = new double[rows.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = scale * rows[i];
        }

        return scaled;
    }

    public int Begin(RandomStream random)
    {
        (_random, _batches, _mixtures) = (random.Child("weights"), random.Child("batches"), random.Child("mixtures"));
        _learning = _best = null;
        _order = [.. Enumerable.Range(0, Unlabelled?.Count ?? 0)];
        _next = _order.Length;
        return Math.Min(options.BatchSize, _order.Length);
    }

    public void DrawUnlabelled(Span<int> rows)
    {
        // A remainder too small for a batch is left out: a pass has another order each time.
        if (_next + rows.Length > _order.Length)
        {
            _batches.Shuffle(_order.AsSpan());
            _next = 0;
        }

        _order.AsSpan(_next, rows.Length).CopyTo(rows);
        _next += rows.Length;
    }

    public double EmbeddingLoss(in EmbeddingBatch batch, Span<float> labelledGradient, Span<float> unlabelledGradient)
    {
        _learning ??= new WassersteinCritic(batch.Width, options, _random);
        double[] candidates = Scaled(batch.Unlabelled, batch.Width), labelled = Scaled(batch.Labelled, batch.Width);
        var shares = new double[Math.Max(batch.UnlabelledRows.Length, batch.LabelledRows.Length)];
        for (int step = 0; step < options.CriticSteps; step++)
        {
            _mixtures.FillDouble(shares);
            _learning.Accumulate(candidates, labelled, shares);
            _learning.Network.Step(options.LearningRate);
        }

        // With rows divided by √D the distance is √D times too small, and its gradient by what was divided too: as a loss it is in the features' own units.
        (double distance, double[] gradient) = _learning.Distance(candidates, labelled);
        for (int i = 0; i < gradient.Length; i++)
        {
            float slope = (float)(options.FeatureWeight * gradient[i]);
            if (i < candidates.Length)
            {
                unlabelledGradient[i] = slope;
            }
            else
            {
                labelledGradient[i - candidates.Length] = slope;
            }
        }

        return options.FeatureWeight * Math.Sqrt(batch.Width) * distance;
    }

    public void OnBest() => _best = _learning?.Copy();

    public void OnEpoch(TrainingEpoch epoch)
    {
    }

    public double AuxiliaryLoss(in AuxiliaryBatch batch, Span<float> gradient) => 0;
}
